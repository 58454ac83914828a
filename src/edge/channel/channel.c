/* Which driver speaks for a channel, and what all of them share. */
#include "channel/channel.h"

#include <assert.h>

#define DRIVER(channel, name) extern const struct channel_driver channel_driver_##name;
#include "channel/drivers.def"
#undef DRIVER

static const struct channel_driver *const drivers[PAYMENT_CHANNELS] = {
#define DRIVER(channel, name) [PAYMENT_BY_##channel] = &channel_driver_##name,
#include "channel/drivers.def"
#undef DRIVER
};

const struct channel_driver *channel_driver(enum payment_channel channel)
{
	return (size_t)channel < PAYMENT_CHANNELS ? drivers[channel] : NULL;
}

enum channel_ask channel_ask_of(enum payment_effect effect, enum payment_kind kind)
{
	switch (effect) {
	case PAYMENT_DO_PAY:
		return kind == PAYMENT_CODE ? CHANNEL_PAY_CODE : CHANNEL_PAY_QR;
	case PAYMENT_DO_QUERY:
		return CHANNEL_QUERY;
	case PAYMENT_DO_REVERSE:
		return CHANNEL_REVERSE;
	case PAYMENT_DO_CLOSE:
		return CHANNEL_CLOSE;
	case PAYMENT_DO_NOTHING:
		break;
	}
	assert(!"an effect that asks nothing");
	return CHANNEL_QUERY;
}

enum payment_event_kind channel_unknown(enum channel_ask ask)
{
	return ask == CHANNEL_CLOSE || ask == CHANNEL_REVERSE ? PAYMENT_EVENT_REVERSE_UNKNOWN
							      : PAYMENT_EVENT_ANSWER_UNKNOWN;
}

void channel_request_release(struct channel_request *request)
{
	if (!request)
		return;
	if (request->body.data)
		secret_wipe(request->body.data, request->body.cap);
	buffer_release(&request->body);
}
