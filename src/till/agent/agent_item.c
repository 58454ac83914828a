/* From a scan to a product, and from a product to a line. */
#include <string.h>

#include "agent/agent_own.h"
#include "base/mark.h"
#include "base/utf8.h"

/* What the catalogue answered for the keys of a scan. */
struct answers {
	struct scan_key keys[SCAN_KEYS_MAX];
	struct product products[SCAN_KEYS_MAX];
	bool found[SCAN_KEYS_MAX];
	size_t n;
	unsigned known;
};

static enum fault_code ask_catalog(struct agent *agent, const struct scan *scan, struct answers *a,
				   struct fault *fault)
{
	a->n = scan_keys(scan, a->keys);
	a->known = 0;
	for (size_t i = 0; i < a->n; i++) {
		enum fault_code code;

		a->found[i] = false;
		if (a->known & SCAN_SET(a->keys[i].kind))
			continue;
		code = catalog_store_find(agent->catalog, a->keys[i].code, &a->products[i], fault);
		if (code && code != FAULT_CATALOG_UNKNOWN_CODE)
			return code;
		a->found[i] = !code;
		if (!code)
			a->known |= SCAN_SET(a->keys[i].kind);
	}
	return FAULT_NONE;
}

static const struct product *product_for(const struct answers *a, enum scan_kind kind)
{
	for (size_t i = 0; i < a->n; i++)
		if (a->found[i] && a->keys[i].kind == kind)
			return &a->products[i];
	return NULL;
}

static bool price_fits(const struct scan *scan, const struct answers *a)
{
	const struct product *p = product_for(a, SCAN_SCALE_LABEL);

	return p && p->has_price && scan_label_price_fits(&scan->label, p->price);
}

/* How much of it a label says: the weight, or the price and with it the weight
 * that the price is of. */
static void read_label(const struct scan *scan, struct agent_found *ret)
{
	const struct scan_weighed *label = &scan->label;
	const struct product *p = &ret->product;
	struct money q;

	ret->has_quantity = label->has_quantity;
	ret->quantity = label->quantity;
	ret->has_gross = label->has_price;
	ret->gross_minor = label->price.minor;
	if (ret->has_quantity || !ret->has_gross || !p->has_price || p->price.minor <= 0)
		return;
	if (money_scale(label->price, QUANTITY_ONE, p->price.minor, ROUND_HALF_UP, &q) == FAULT_NONE &&
	    q.minor > 0 && q.minor <= QUANTITY_MAX) {
		ret->has_quantity = true;
		ret->quantity = q.minor;
	}
}

static void read_gs1(const struct scan *scan, struct agent_found *ret)
{
	const struct gs1 *gs1 = &scan->gs1;

	if (gs1->has_weight && gs1->weight > 0 && ret->product.fractional) {
		ret->has_quantity = true;
		ret->quantity = gs1->weight;
	} else if (gs1->has_count && gs1->count > 0) {
		ret->has_quantity = true;
		ret->quantity = gs1->count;
	}
	if (gs1->has_price && gs1->price.currency == ret->product.price.currency) {
		ret->has_gross = true;
		ret->gross_minor = gs1->price.minor;
	}
}

static enum fault_code unknown(const struct scan *scan, struct fault *fault)
{
	if (scan->doubt)
		return fault_set(fault, scan->doubt, scan->shown, NULL);
	return fault_set(fault, FAULT_CATALOG_UNKNOWN_CODE, scan->shown, NULL);
}

static bool is_product_kind(enum scan_kind kind)
{
	return kind == SCAN_GTIN || kind == SCAN_GS1 || kind == SCAN_SCALE_LABEL || kind == SCAN_PLAIN;
}

static enum fault_code fill(const struct scan *scan, const struct answers *a, enum scan_kind kind,
			    struct agent_found *ret, struct fault *fault)
{
	const struct product *p = product_for(a, kind);

	ret->kind = kind;
	ret->can_be = scan->readings;
	ret->ident = scan->ident;
	if (kind == SCAN_PAYMENT_CODE && scan->wallet)
		ret->channel = scan->wallet->channel;
	if (!is_product_kind(kind))
		return FAULT_NONE;
	if (!p)
		return unknown(scan, fault);
	ret->is_product = true;
	ret->product = *p;
	if (kind == SCAN_SCALE_LABEL)
		read_label(scan, ret);
	if (kind == SCAN_GS1)
		read_gs1(scan, ret);
	return FAULT_NONE;
}

/* What was imported a moment ago is known at the counter at once. */
static bool catalog_was_swapped(struct agent *agent)
{
	bool swapped = false;

	return !catalog_store_refresh(agent->catalog, &swapped, NULL) && swapped &&
	       agent_take_up_catalog(agent);
}

enum fault_code agent_resolve(struct agent *agent, const void *bytes, size_t n, enum scan_way way,
			      bool tender, enum scan_kind prefer, struct agent_found *ret,
			      struct fault *fault)
{
	struct scan_context context = { .tender = tender };
	struct agent_found found;
	struct answers answers;
	struct scan scan;
	enum scan_kind kind;
	enum fault_code code = scan_read(bytes, n, way, &agent->options.scan, &scan, fault);

	if (code)
		return code;
	code = ask_catalog(agent, &scan, &answers, fault);
	if (!code && !answers.known && catalog_was_swapped(agent))
		code = ask_catalog(agent, &scan, &answers, fault);
	if (code)
		goto done;
	memset(&found, 0, sizeof found);
	utf8_copy(found.shown, sizeof found.shown, scan.shown);
	utf8_copy(found.stripped, sizeof found.stripped, scan.stripped ? scan.stripped_shown : "");
	context.known = answers.known;
	context.label_price_fits = price_fits(&scan, &answers);
	kind = scan_resolve(&scan, &context);
	if (kind == SCAN_UNDECIDED && prefer != SCAN_UNDECIDED && (scan.readings & SCAN_SET(prefer)))
		kind = prefer;
	code = fill(&scan, &answers, kind, &found, fault);
	if (!code)
		*ret = found;
done:
	scan_forget(&scan);
	return code;
}

enum fault_code agent_payment_code(const struct agent *agent, const void *bytes, size_t n,
				   enum scan_way way, char ret[AGENT_CODE_SIZE], struct fault *fault)
{
	struct scan scan;
	enum fault_code code = scan_read(bytes, n, way, &agent->options.scan, &scan, fault);

	if (code)
		return code;
	if (scan.length >= AGENT_CODE_SIZE)
		code = fault_set_number(fault, FAULT_SCAN_TOO_LONG, AGENT_CODE_SIZE - 1, NULL);
	else
		memcpy(ret, scan.code, scan.length + 1);
	scan_forget(&scan);
	return code;
}

enum fault_code agent_refuse_scan(const struct agent_found *found, struct fault *fault)
{
	switch (found->kind) {
	case SCAN_UNDECIDED:
		return fault_set(fault, FAULT_SCAN_AMBIGUOUS, found->shown,
				 N_("a product or a payment code"));
	case SCAN_PAYMENT_CODE:
		return fault_set(fault, FAULT_SCAN_PAYMENT_CODE, found->shown, NULL);
	case SCAN_MERCHANT_QR:
		return fault_set(fault, FAULT_SCAN_MERCHANT_QR, found->shown, NULL);
	case SCAN_GTIN: case SCAN_GS1: case SCAN_SCALE_LABEL: case SCAN_PLAIN:
		return FAULT_NONE;
	case SCAN_MEMBER: case SCAN_COUPON: case SCAN_RECEIPT: case SCAN_BADGE: case SCAN_CARD:
		break;
	}
	return fault_set(fault, FAULT_SCAN_NOT_HERE, scan_kind_words(found->kind),
			 N_("this screen sells products"));
}

/* What a label asks for is what the customer pays, also when the catalogue has
 * no price: then it is the price of what the label weighs, or of one piece. */
static int64_t unit_price(int64_t gross_minor, quantity q)
{
	struct money price;

	if (money_scale(money_make(gross_minor, CURRENCY_NONE), QUANTITY_ONE, q, ROUND_HALF_UP, &price))
		return gross_minor;
	return price.minor;
}

enum fault_code agent_sell(struct agent *agent, const struct agent_found *found,
			   const struct agent_item *item, struct fault *fault)
{
	struct counter_event ev = { .kind = EVENT_ITEM };

	ev.of.item.product = found->product;
	product_title(&found->product, ev.of.item.product.name);
	ev.of.item.quantity = item->has_quantity ? item->quantity
			    : found->has_quantity ? found->quantity : QUANTITY_ONE;
	ev.of.item.has_price = item->has_price;
	ev.of.item.price_minor = item->price_minor;
	ev.of.item.has_gross = found->has_gross && !item->has_quantity && !item->has_price;
	ev.of.item.gross_minor = found->gross_minor;
	ev.of.item.is_return = item->is_return;
	if (ev.of.item.has_gross && !found->product.has_price) {
		ev.of.item.has_price = true;
		ev.of.item.price_minor = unit_price(found->gross_minor, ev.of.item.quantity);
	}
	utf8_copy_plain(ev.of.item.reason, sizeof ev.of.item.reason, item->reason ? item->reason : "");
	return agent_do(agent, &ev, fault);
}
