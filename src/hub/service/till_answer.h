/* A till's description, given by two endpoints. */
#ifndef SERVICE_TILL_ANSWER_H
#define SERVICE_TILL_ANSWER_H

#include "service/hub_own.h"

/* Fills the answer till_reply for the till that asks. */
enum fault_code till_answer(struct hub_call *call, struct fault *fault);

#endif
