/* What the files of apply share; inside this room only. */
#ifndef COUNTER_APPLY_H
#define COUNTER_APPLY_H

#include "counter/counter.h"

/* Refuses an entry that does not fit the state. */
enum fault_code apply_broken(const struct entry *e, const char *why, struct fault *fault);

/* Forgets all cleared orders but the last `keep`; of those with nothing in them
 * only the very last stays. */
void apply_forget_cleared(struct counter *c, size_t keep);

enum fault_code apply_order_opened(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_line_added(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_line_changed(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_order_discounted(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_order_held(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_order_recalled(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_order_cleared(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_till_enrolled(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_hub_events_seen(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_payment_changed(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_tendered(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_tender_cancelled(struct counter *c, const struct entry *e, struct fault *fault);
enum fault_code apply_order_closed(struct counter *c, const struct entry *e, struct fault *fault);

#endif
