/* Splitting an amount by weights so that the parts add up to it exactly. */
#ifndef MONEY_SHARE_H
#define MONEY_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Splits total_minor over n weights (each ≥ 0) by the largest remainder; ties
 * go to the lowest index; a weight of zero takes nothing. parts[i] has the sign
 * of the total and Σ parts = total. Returns false, parts untouched, when all
 * weights are zero, one is negative, n is zero or memory is short. */
bool share_split(int64_t total_minor, const int64_t *weights, size_t n, int64_t *parts);

#endif
