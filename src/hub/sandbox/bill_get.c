/* The bill of a day at Beijing, as providers write theirs: CSV with a byte
 * order mark, each cell behind a backtick, two lines of sums at the end. Today's
 * is the bill so far. */
#include <stdio.h>
#include <string.h>

#include "base/instant.h"
#include "csv/csv.h"
#include "sandbox/sandbox_own.h"

enum { BEIJING_MIN = 480, FEE_PER_MINOR = 6 };  /* 0.6 %, in 1/100000 of the currency */

struct sums {
	int64_t rows, paid_minor, refunded_minor, fee;
};

static void cell(struct buffer *out, const char *text, bool first)
{
	char ticked[128];

	snprintf(ticked, sizeof ticked, "`%s", text);
	csv_write_field(out, ticked, first);
}

static void amount_cell(struct buffer *out, int64_t minor, bool first)
{
	money_text text;

	money_format(money_make(minor, CURRENCY_NONE), text);
	cell(out, text, first);
}

/* A fee has five decimals. */
static void fee_cell(struct buffer *out, int64_t fee)
{
	char text[32];

	snprintf(text, sizeof text, "%s%lld.%05lld", fee < 0 ? "-" : "", (long long)(fee < 0 ? -fee : fee) / 100000,
		 (long long)(fee < 0 ? -fee : fee) % 100000);
	cell(out, text, false);
}

static void time_cell(struct buffer *out, int64_t ms)
{
	instant_text text;

	instant_format((struct instant){ ms, BEIJING_MIN }, text);
	cell(out, text, true);
}

static void put_names(struct buffer *out, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		csv_write_field(out, names[i], i == 0);
	csv_write_end(out);
}

/* Columns of the query: time, merchant, channel_no, out_no, by_code, state,
 * wallet, currency, paid, refund_id, refund_no, refunded, done. */
static void put_row(struct buffer *out, struct db_rows *rows, int64_t now_ms, struct sums *sums)
{
	int64_t paid = db_row_number(rows, 8), refunded = db_row_number(rows, 11);
	int64_t fee = (paid - refunded) * FEE_PER_MINOR;
	bool back = refunded > 0;

	time_cell(out, db_row_number(rows, 0));
	cell(out, db_row_text(rows, 1), false);
	cell(out, db_row_text(rows, 2), false);
	cell(out, db_row_text(rows, 3), false);
	cell(out, db_row_number(rows, 4) ? "MICROPAY" : "NATIVE", false);
	cell(out, db_row_text(rows, 5), false);
	cell(out, db_row_text(rows, 6), false);
	cell(out, db_row_text(rows, 7), false);
	amount_cell(out, paid, false);
	cell(out, db_row_text(rows, 9), false);
	cell(out, db_row_text(rows, 10), false);
	amount_cell(out, refunded, false);
	cell(out, !back ? "" : db_row_number(rows, 12) <= now_ms ? "SUCCESS" : "PROCESSING", false);
	fee_cell(out, fee);
	cell(out, "0.60%", false);
	csv_write_end(out);
	sums->rows++;
	sums->paid_minor += paid;
	sums->refunded_minor += refunded;
	sums->fee += fee;
}

/* What was paid, refunded and reversed on the day, in the order of time. */
static enum fault_code put_rows(struct call *call, int64_t from_ms, struct sums *sums, struct fault *fault)
{
	struct db_rows *rows;
	enum fault_code code = db_query(call->sandbox->db,
		"SELECT c.paid_ms AS at_ms, c.merchant, c.channel_no, c.out_no, p.by_code, 'SUCCESS', c.wallet, "
		"p.currency, c.amount_minor, '', '', 0, 0 FROM capture c JOIN payment p ON p.merchant = c.merchant "
		"AND p.out_no = c.out_no WHERE c.merchant = ?1 AND c.paid_ms >= ?2 AND c.paid_ms < ?3 "
		"UNION ALL SELECT r.accepted_ms, r.merchant, r.channel_no, r.out_no, p.by_code, 'REFUND', c.wallet, "
		"p.currency, 0, r.refund_id, r.refund_no, r.amount_minor, r.done_ms FROM refund r "
		"JOIN payment p ON p.merchant = r.merchant AND p.out_no = r.out_no "
		"JOIN capture c ON c.channel_no = r.channel_no "
		"WHERE r.merchant = ?1 AND r.accepted_ms >= ?2 AND r.accepted_ms < ?3 "
		"UNION ALL SELECT c.revoked_ms, c.merchant, c.channel_no, c.out_no, p.by_code, 'REVOKED', c.wallet, "
		"p.currency, 0, '', '', c.amount_minor - COALESCE((SELECT SUM(r.amount_minor) FROM refund r "
		"WHERE r.channel_no = c.channel_no), 0), 0 FROM capture c JOIN payment p "
		"ON p.merchant = c.merchant AND p.out_no = c.out_no "
		"WHERE c.merchant = ?1 AND c.revoked_ms >= ?2 AND c.revoked_ms < ?3 ORDER BY at_ms",
		DB_VALUES(db_text(call->merchant), db_number(from_ms), db_number(from_ms + 86400000)),
		&rows, fault);

	if (code)
		return code;
	while (db_next(rows))
		put_row(&call->reply->body, rows, call->now_ms, sums);
	return db_end(rows);
}

static void put_sums(struct buffer *out, const struct sums *sums)
{
	static const char *const names[] = { "总交易单数", "应结订单总金额", "退款总金额", "手续费总金额" };
	char count[32];

	put_names(out, names, sizeof names / sizeof names[0]);
	snprintf(count, sizeof count, "%lld", (long long)sums->rows);
	cell(out, count, true);
	amount_cell(out, sums->paid_minor, false);
	amount_cell(out, sums->refunded_minor, false);
	fee_cell(out, sums->fee);
	csv_write_end(out);
}

enum fault_code bill_get(struct call *call, struct fault *fault)
{
	static const char *const names[] = { "交易时间", "商户号", "平台订单号", "商户订单号", "交易类型",
					     "交易状态", "付款钱包", "货币种类", "应结订单金额", "平台退款单号",
					     "商户退款单号", "退款金额", "退款状态", "手续费", "费率" };
	struct buffer *out = &call->reply->body;
	struct sums sums = { 0, 0, 0, 0 };
	struct instant day;
	char text[48];
	enum fault_code code;

	snprintf(text, sizeof text, "%sT00:00:00+08:00", call->part);
	if (strlen(call->part) != 10 || !instant_parse_rfc3339(text, &day))
		return call_refuse(call, REFUSAL_PARAM_ERROR);
	buffer_add_text(out, "\xEF\xBB\xBF");
	put_names(out, names, sizeof names / sizeof names[0]);
	code = put_rows(call, day.utc_ms, &sums, fault);
	if (code)
		return code;
	if (sums.rows == 0)
		return call_refuse(call, REFUSAL_BILL_NOT_EXIST);
	put_sums(out, &sums);
	call->reply->type = "text/csv; charset=utf-8";
	return FAULT_NONE;
}
