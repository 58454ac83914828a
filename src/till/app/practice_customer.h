/* The customer of the demonstration: opens what the QR says as a phone would,
 * chooses a wallet on the hub's page and pays on the practice wallet's. */
#ifndef APP_PRACTICE_CUSTOMER_H
#define APP_PRACTICE_CUSTOMER_H

#include "app/practice.h"

/* Pays `qr` with WeChat. FAULT_NET_… and FAULT_PRACTICE_PAGE (a page that is
 * not as it should be). */
enum fault_code practice_pay_qr(const struct practice *practice, const char *qr,
				struct fault *fault);

#endif
