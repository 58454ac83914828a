/* The door of room json: writing, reading, and both by table. */
#ifndef JSON_JSON_H
#define JSON_JSON_H

#include "json/json_field.h"
#include "json/json_read.h"
#include "json/json_write.h"

#endif
