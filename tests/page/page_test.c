/* Values as hostile as they come, in every place of a template. */
#include "page/page.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "suite.h"

/* Renders with one text, the value "v"; "" and the code when refused. */
static enum fault_code render(const char *template, const char *text, struct page_piece *piece)
{
	struct page_value value = { "v", text, NULL };

	page_piece_init(piece);
	return page_render(template, &value, 1, piece, NULL);
}

static const struct {
	const char *template, *text, *page;
} rendered[] = {
	{ "plain", "", "plain" },
	{ "<p>{v}</p>", "tea", "<p>tea</p>" },
	{ "<p>{v}{v}</p>", "a", "<p>aa</p>" },
	{ "<p>{v}</p>", "<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>" },
	{ "<p>{v}</p>", "a & b &lt; \"c\" 'd'", "<p>a &amp; b &amp;lt; &quot;c&quot; &#39;d&#39;</p>" },
	{ "<p>{v}</p>", "{v} {{v}}", "<p>{v} {{v}}</p>" },
	{ "<p>{v}</p>", "茶 ¥3.50", "<p>茶 ¥3.50</p>" },
	{ "<p>{v}</p>", "a\nb\tc\r", "<p>a b c </p>" },
	{ "<p>{v}</p>", "a\x01""b\x7F\xE2\x80\xAE", "<p>a\xEF\xBF\xBD""b\xEF\xBF\xBD\xEF\xBF\xBD</p>" },
	{ "<p>{v}</p>", "\xFF\xC0\x80", "<p>\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD</p>" },
	{ "<p title=\"{v}\">x</p>", "\" onload=\"x", "<p title=\"&quot; onload=&quot;x\">x</p>" },
	{ "<p title=\"a {v}\" class=\"b\">{v}</p>", "<", "<p title=\"a &lt;\" class=\"b\">&lt;</p>" },
	{ "<INPUT VALUE=\"{v}\">", "1\"2", "<INPUT VALUE=\"1&quot;2\">" },
	{ "<a href=\"{v}\">x</a>", "https://a.example/?x=1&y=\"", "<a href=\"https://a.example/?x=1&amp;y=&quot;\">x</a>" },
	{ "<a href=\"{v}\">x</a>", "/w/abc", "<a href=\"/w/abc\">x</a>" },
	{ "<a href=\"/w/{v}\">x</a>", "a/../b?c#d\"", "<a href=\"/w/a%2F..%2Fb%3Fc%23d%22\">x</a>" },
	{ "<a href=\"/w/{v}\">x</a>", "abc-_~.09Z", "<a href=\"/w/abc-_~.09Z\">x</a>" },
	{ "<form action=\"/w/{v}\">", "é", "<form action=\"/w/%C3%A9\">" },
	{ "<!-- note > --><p>{v}</p>", "x", "<!-- note > --><p>x</p>" },
	{ "<style>p > a</style><p>{v}</p>", "x", "<style>p > a</style><p>x</p>" },
};

static void a_value_is_written_for_its_place(void)
{
	for (size_t i = 0; i < sizeof rendered / sizeof rendered[0]; i++) {
		struct page_piece piece;

		ASSERT_NUMBER(render(rendered[i].template, rendered[i].text, &piece), FAULT_NONE);
		ASSERT_TEXT(buffer_text(&piece.markup), rendered[i].page);
		page_piece_release(&piece);
	}
}

static void an_address_that_leads_elsewhere_is_refused(void)
{
	static const char *const addresses[] = {
		"javascript:alert(1)", "JavaScript:x", " https://a", "http://a.example/", "data:text/html,x",
		"//a.example/", "/\\a.example", "\thttps://a", "https://a b", "", "w/x", "https://", "https:\\\\a",
		"java\nscript:x", "#x", "?x",
	};
	static const char *const templates[] = {
		"<a href=\"{v}\">x</a>", "<img src=\"{v}\">", "<form action=\"{v}\">", "<button formaction=\"{v}\">",
		"<a HREF=\"{v}\">x</a>", "<a class=\"b\" href=\"{v}\">x</a>",
	};

	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++)
		for (size_t j = 0; j < sizeof templates / sizeof templates[0]; j++) {
			struct page_piece piece;

			ASSERT_NUMBER(render(templates[j], addresses[i], &piece), FAULT_PAGE_ADDRESS);
			ASSERT_TEXT(buffer_text(&piece.markup), "");
			page_piece_release(&piece);
		}
}

static void a_template_with_a_value_out_of_place_is_refused(void)
{
	static const char *const templates[] = {
		"<p {v}>", "<{v}>", "<p title={v}>", "<p title='{v}'>", "<p onclick=\"{v}\">", "<p style=\"{v}\">",
		"<p ONCLICK=\"f('{v}')\">", "<script>{v}</script>", "<style>{v}</style>", "<!-- {v} -->",
		"<STYLE>{v}", "<p title = \"{v}\">", "<p \"{v}\">", "<iframe srcdoc=\"{v}\">", "{w}", "{}", "{ v}",
		"{v", "{V}", "{{v}}", "{{v}", "{v}}{", "<p", "<p title=\"{v}", "<!-- never ended", "<script>1 > 0",
		"<p title=\"a\"{v}>", "</p {v}>",
		"{aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa}",
	};

	for (size_t i = 0; i < sizeof templates / sizeof templates[0]; i++) {
		struct page_piece piece;

		ASSERT_NUMBER(render(templates[i], "x", &piece), FAULT_PAGE_TEMPLATE);
		ASSERT_TEXT(buffer_text(&piece.markup), "");
		page_piece_release(&piece);
	}
}

static void a_piece_is_put_as_it_is_between_tags_alone(void)
{
	struct page_piece row, page;
	struct page_value in_row = { "v", "<b>", NULL };
	struct page_value in_page[] = { { "rows", NULL, NULL }, { "v", "t", NULL } };
	struct fault fault;

	page_piece_init(&row);
	page_piece_init(&page);
	CU_ASSERT(!page_render("<li>{v}</li>", &in_row, 1, &row, NULL));
	CU_ASSERT(!page_render("<li>{v}</li>", &in_row, 1, &row, NULL));
	in_page[0].piece = &row;
	CU_ASSERT(!page_render("<ul>{{rows}}</ul>{v}", in_page, 2, &page, NULL));
	ASSERT_TEXT(buffer_text(&page.markup), "<ul><li>&lt;b&gt;</li><li>&lt;b&gt;</li></ul>t");
	ASSERT_NUMBER(page_render("<ul>{rows}</ul>", in_page, 2, &page, &fault), FAULT_PAGE_TEMPLATE);
	ASSERT_TEXT(fault.arg[0], "{rows}</ul>");
	ASSERT_NUMBER(page_render("<p title=\"{{rows}}\">", in_page, 2, &page, NULL), FAULT_PAGE_TEMPLATE);
	ASSERT_NUMBER(page_render("{{v}}", in_page, 2, &page, NULL), FAULT_PAGE_TEMPLATE);
	ASSERT_TEXT(buffer_text(&page.markup), "<ul><li>&lt;b&gt;</li><li>&lt;b&gt;</li></ul>t");
	page_piece_release(&row);
	page_piece_release(&page);
}

static void a_page_has_a_limit(void)
{
	char *text = malloc(PAGE_MAX + 2);
	struct page_piece piece;

	CU_ASSERT_FATAL(text != NULL);
	memset(text, 'a', PAGE_MAX + 1);
	text[PAGE_MAX + 1] = '\0';
	ASSERT_NUMBER(render("{v}", text, &piece), FAULT_LIMIT_REACHED);
	ASSERT_NUMBER(piece.markup.len, 0);
	page_piece_release(&piece);
	text[PAGE_MAX] = '\0';
	ASSERT_NUMBER(render("{v}", text, &piece), FAULT_NONE);
	ASSERT_NUMBER(page_render("x", NULL, 0, &piece, NULL), FAULT_LIMIT_REACHED);
	ASSERT_NUMBER(piece.markup.len, PAGE_MAX);
	page_piece_release(&piece);
	free(text);
}

/* Every byte, twice over, between tags and in an attribute: never markup. */
static void no_two_bytes_break_out(void)
{
	for (int a = 1; a < 256; a++)
		for (int b = 1; b < 256; b++) {
			char text[] = { (char)a, (char)b, '\0' };
			struct page_piece piece;
			const char *page;

			if (render("<p title=\"{v}\">{v}</p>", text, &piece))
				CU_FAIL("refused");
			page = buffer_text(&piece.markup);
			if (!utf8_valid(page, strlen(page)) || strchr(page + 1, '<') != strstr(page, "</p>") ||
			    strchr(page + 10, '"') != strstr(page, "\">") || strchr(page, '\''))
				CU_FAIL("markup");
			page_piece_release(&piece);
		}
}

static const struct test tests[] = {
	{ "a value is written for its place", a_value_is_written_for_its_place },
	{ "an address that leads elsewhere is refused", an_address_that_leads_elsewhere_is_refused },
	{ "a template with a value out of place is refused", a_template_with_a_value_out_of_place_is_refused },
	{ "a piece is put as it is between tags alone", a_piece_is_put_as_it_is_between_tags_alone },
	{ "a page has a limit", a_page_has_a_limit },
	{ "no two bytes break out", no_two_bytes_break_out },
};

SUITE_MAIN("page", tests)
