/* The program on small files: every form, every bad input. */
#include "suite.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "load_run.h"
#include "load_test.h"

/* 条码,品名,售价 / 可口可乐 in GB18030. */
#define HEADER_GB "\xCC\xF5\xC2\xEB,\xC6\xB7\xC3\xFB,\xCA\xDB\xBC\xDB"
#define COLA_GB "\xBF\xC9\xBF\xDA\xBF\xC9\xC0\xD6"

void files_are_imported_in_every_form(void)
{
	static const struct { const char *what, *text; } cases[] = {
		{ "CSV", "code,name,price\n6908512108211,可口可乐,3.50\n" },
		{ "CSV with a byte order mark", "\xEF\xBB\xBF" "code,name,price\r\n6908512108211,可口可乐,3.50\r\n" },
		{ "semicolons", "name;code;price\n可口可乐;6908512108211;3.5" },
		{ "tabs and Chinese names", "条码\t品名\t售价\n6908512108211\t可口可乐\t3.50\n" },
		{ "GB18030", HEADER_GB "\n6908512108211," COLA_GB ",3.50\n" },
		{ "GB18030 behind an English head", "code,name,price\n1,a,1\n6908512108211," COLA_GB ",3.50\n" },
		{ "old Macintosh lines", "code,name,price\r6908512108211,可口可乐,3.50\r" },
		{ "other columns", "x,code,y,name,price\n?,6908512108211,?,可口可乐,3.50\n" },
		{ "quotes", "\"code\",\"name\",\"price\"\n\"6908512108211\",\"可口可乐\",\"3.50\"\n" },
		{ "JSON lines", "{\"code\":\"6908512108211\",\"name\":\"可口可乐\",\"price\":\"3.50\"}\n" },
		{ "JSON numbers", "\n{\"名称\":\"\\u53ef口可乐\",\"条码\":6908512108211,\"售价\":3.50,\"单位\":null}" },
	};
	struct load_result r;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct catalog_store *store;
		struct product p = { .code = "" };

		load_begin();
		load_write_text("products", cases[i].text);
		load_run("products", &r);
		if (r.status != 0)
			fprintf(stderr, "%s: %s\n", cases[i].what, r.err);
		ASSERT_NUMBER(r.status, 0);
		store = load_catalog();
		ASSERT_NUMBER(catalog_store_find(store, "6908512108211", &p, NULL), FAULT_NONE);
		ASSERT_TEXT(p.name, "可口可乐");
		ASSERT_NUMBER(p.price.minor, 350);
		catalog_store_close(store);
		load_end();
	}
}

void bad_rows_are_listed_and_good_ones_come_in(void)
{
	static const struct { const char *text, *out; const char *err[3]; } cases[] = {
		{ "barcode,name,price\n6908512108212,x,1\n6908512108211,y,1\n", "1 products imported, 1 refused\n",
		  { "p:2: refused: The barcode \"6908512108212\" has a wrong check digit." } },
		{ "code,name,price\n1,a,1.234\n2,b,-1\n3,c,1e9\n4,d,1\n", "1 products imported, 3 refused\n",
		  { "p:2: refused: \"1.234\" has more than two decimals", "p:3: refused: \"-1\" is negative",
		    "p:4: refused: \"1e9\" is not an amount" } },
		{ "code,name\n1,\"open\n2,two\n3,\"a\"b\n4,four\n", "2 products imported, 2 refused\n",
		  { "p:2: refused: A double quote", "p:4: refused: Text stands behind" } },
		{ "code,name\n1,可乐\n2," COLA_GB "\n3,水\n", "2 products imported, 1 refused\n",
		  { "p:3: refused: The row is not valid UTF-8" } },
		{ "code,name\n1," COLA_GB "\n2," COLA_GB "\n3,水水水\n", "2 products imported, 1 refused\n",
		  { "p:4: refused: The row is not valid GB18030" } },
		{ "code,name,colour\n1,a\033[31mb,red\n", "1 products imported, 0 refused\n",
		  { "p:1: note: the column \"colour\" is not used.",
		    "p:2: note: control characters were left out of the name." } },
		{ "code,name\n6908512108211,a\n06908512108211,b\n", "1 products imported, 0 refused\n",
		  { "p:3: note: the code \"06908512108211\" was on line 2 already" } },
		{ "{\"code\":\"1\",\"name\":\"a\",\"color\":1}\n{\"code\":\nnull\n{\"code\":[1],\"name\":\"b\"}\n",
		  "1 products imported, 3 refused\n",
		  { "p:1: note: the column \"color\"", "p:2: refused: The JSON", "p:4: refused: The field \"code\"" } },
		{ "code,name\n,a\n2,\n3,c\n", "1 products imported, 2 refused\n",
		  { "p:2: refused: The product has no code", "p:3: refused: The product \"2\" has no name" } },
	};
	struct load_result r;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		load_begin();
		load_write_text("p", cases[i].text);
		load_run("p", &r);
		ASSERT_NUMBER(r.status, 0);
		ASSERT_TEXT(r.out, cases[i].out);
		for (size_t k = 0; k < 3 && cases[i].err[k]; k++) {
			if (!strstr(r.err, cases[i].err[k]))
				fprintf(stderr, "no \"%s\" in\n%s", cases[i].err[k], r.err);
			CU_ASSERT_PTR_NOT_NULL(strstr(r.err, cases[i].err[k]));
		}
		CU_ASSERT_PTR_NULL(strchr(r.err, '\033'));
		load_end();
	}
}

void bad_files_are_refused_whole(void)
{
	static const struct { const char *text; size_t n; const char *err; } cases[] = {
		{ "name,price\na,1\n", 0, "has no column for the code" },
		{ "code,price\n1,1\n", 0, "has no column for the name" },
		{ "code,name\n", 0, "no row of p was good" },
		{ "code,name\n1,\n", 0, "no row of p was good" },
		{ "", 0, "it is empty" },
		{ "PK\3\4abcdef", 0, "it is a spreadsheet" },
		{ "\xFF\xFE" "c\0o\0d\0e\0", 10, "it is UTF-16" },
		{ "\x1F\x8B\x08\x00\x00\x00\x00\x00\x00\x03garbage", 17, "damaged or cut short" },
		{ "c\0de,name\n1,a\n", 14, "zero byte" },
	};
	struct load_result r;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		load_begin();
		load_write_text("old", "code,name\n1,old\n");
		load_run("old", &r);
		load_write("p", cases[i].text, cases[i].n ? cases[i].n : strlen(cases[i].text));
		load_run("p", &r);
		ASSERT_NUMBER(r.status, 1);
		ASSERT_TEXT(r.out, "");
		if (!strstr(r.err, cases[i].err))
			fprintf(stderr, "no \"%s\" in\n%s", cases[i].err, r.err);
		CU_ASSERT_PTR_NOT_NULL(strstr(r.err, cases[i].err));
		ASSERT_TEXT(load_name("1"), "old");
		/* A file that is fine does not come in with one that is not. */
		load_write_text("good", "code,name\n2,two\n");
		load_run("good p", &r);
		ASSERT_NUMBER(r.status, strstr(cases[i].err, "no row") ? 0 : 1);
		load_end();
	}
	load_begin();
	load_run("missing", &r);
	ASSERT_NUMBER(r.status, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.err, "missing cannot be read: No such file"));
	load_end();
}

void wrong_usage_is_told(void)
{
	static const char *const words[] = {
		"import", "import --dir", "import p", "import --dir a --catalog-db b p", "export --dir a p",
		"import --dir a --nonsense p", "import --dir a --currency XYZ p",
	};
	struct load_result r;

	load_begin();
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		load_wait(load_start(words[i], 0), &r);
		ASSERT_NUMBER(r.status, 2);
		CU_ASSERT(r.err[0] != '\0');
	}
	load_wait(load_start("--help", 0), &r);
	ASSERT_NUMBER(r.status, 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.out, "Usage"));
	load_end();
}

void an_import_merges_replaces_and_is_strict(void)
{
	struct load_result r;

	load_begin();
	load_write_text("a", "code,name,price\n1,one,1\n2,two,2\n");
	load_write_text("b", "code,name\n2,zwei\n3,drei\n");
	load_write_text("bad", "code,name\n4,four\n5,\n");
	load_run("a", &r);
	load_run("b", &r);
	ASSERT_TEXT(r.out, "2 products imported, 0 refused\n");
	ASSERT_NUMBER(load_count(), 3);
	ASSERT_TEXT(load_name("2"), "zwei");
	load_run("--strict bad", &r);
	ASSERT_NUMBER(r.status, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.err, "--strict"));
	CU_ASSERT_PTR_NULL(load_name("4"));
	load_run("bad", &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_TEXT(load_name("4"), "four");
	load_run("--replace b a", &r);
	ASSERT_TEXT(r.out, "3 products imported, 0 refused\n");
	ASSERT_NUMBER(load_count(), 3);
	CU_ASSERT_PTR_NULL(load_name("4"));
	ASSERT_TEXT(load_name("2"), "two");
	/* A catalogue that cannot be read is refused, or dropped when asked. */
	load_write_text("catalog.db", "not a database at all, but long enough to be looked at as one");
	load_run("a", &r);
	ASSERT_NUMBER(r.status, 1);
	load_run("--replace a", &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_NUMBER(load_count(), 2);
	load_end();
}

static void write_gz(const char *name, const char *text)
{
	gzFile gz = gzopen(name, "wb");

	CU_ASSERT_PTR_NOT_NULL_FATAL(gz);
	ASSERT_NUMBER(gzputs(gz, text), strlen(text));
	ASSERT_NUMBER(gzclose(gz), Z_OK);
}

void compressed_files_are_read(void)
{
	static char text[400000];
	struct load_result r;
	size_t n = 0;
	FILE *f;
	long size;

	load_begin();
	n += (size_t)snprintf(text, sizeof text, "code,name\n");
	for (unsigned i = 0; n < sizeof text - 64; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%u,name %u\n", i, i * 2654435761u);
	write_gz("p.csv.gz", text);
	load_run("p.csv.gz", &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_TEXT(load_name("1"), "name 2654435761");
	/* Cut short: nothing of it comes in, however much was read. */
	f = fopen("p.csv.gz", "rb+");
	CU_ASSERT_PTR_NOT_NULL_FATAL(f);
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	fclose(f);
	{
		char *bytes = malloc((size_t)size);

		CU_ASSERT_PTR_NOT_NULL_FATAL(bytes);
		f = fopen("p.csv.gz", "rb");
		ASSERT_NUMBER(fread(bytes, 1, (size_t)size, f), size);
		fclose(f);
		load_write("cut.gz", bytes, (size_t)size - 100);
		free(bytes);
	}
	load_run("--replace cut.gz", &r);
	ASSERT_NUMBER(r.status, 1);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.err, "damaged or cut short"));
	ASSERT_TEXT(load_name("1"), "name 2654435761");
	load_end();
}

void progress_is_told_in_lines(void)
{
	struct load_result r;
	static char text[200000];
	size_t n = 0;

	load_begin();
	n += (size_t)snprintf(text, sizeof text, "code,name\n");
	for (unsigned i = 0; i < 5000; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%u,name\n", i);
	load_write("p", text, n);
	load_run("--progress p", &r);
	ASSERT_NUMBER(r.status, 0);
	CU_ASSERT(strncmp(r.err, "progress 1024 ", 14) == 0);
	CU_ASSERT_PTR_NOT_NULL(strstr(r.err, "progress 5000 100\n"));
	load_run("p", &r);
	ASSERT_TEXT(r.err, "");  /* stderr is no terminal here */
	load_end();
}

void a_full_disk_loses_nothing(void)
{
	static char text[400000];
	struct load_result r;
	size_t n = 0;

	load_begin();
	load_write_text("old", "code,name\n1,old\n");
	load_run("old", &r);
	n += (size_t)snprintf(text, sizeof text, "code,name\n");
	for (unsigned i = 0; i < 9000; i++)
		n += (size_t)snprintf(text + n, sizeof text - n, "%u,name of %u\n", i, i);
	load_write("p", text, n);
	for (size_t limit = 4096; limit < 400000; limit *= 3) {
		load_wait(load_start("import --catalog-db catalog.db p", limit), &r);
		ASSERT_NUMBER(r.status, 1);
		CU_ASSERT(strstr(r.err, "could not be written") || strstr(r.err, "is full") ||
			  strstr(r.err, "cannot be written"));
		ASSERT_TEXT(load_name("1"), "old");
		ASSERT_NUMBER(load_count(), 1);
	}
	load_end();
}

void the_sample_shop_is_sound(void)
{
	const char *source = getenv("top_srcdir");
	char words[512], absolute[PATH_MAX];
	struct load_result r;

	if (!source || !realpath(source, absolute))
		return;
	load_begin();
	snprintf(words, sizeof words, "--strict %.380s/data/sample/products.csv", absolute);
	load_run(words, &r);
	ASSERT_NUMBER(r.status, 0);
	ASSERT_TEXT(r.err, "");
	CU_ASSERT(load_count() >= 60);
	load_end();
}
