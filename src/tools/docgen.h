/* What docgen's tables print: one function for each mark of a page. */
#ifndef TOOLS_DOCGEN_H
#define TOOLS_DOCGEN_H

#include <stddef.h>

/* Each writes to stdout. */
void docgen_commands(void);        /* mdoc: a subsection for each command */
void docgen_common_options(void);  /* mdoc: the options every command takes */
void docgen_hub_commands(void);    /* the same of guitai-hub */
void docgen_hub_common_options(void);
void docgen_batch_words(void);     /* mdoc: the words of guitai batch */
void docgen_actions(void);         /* mdoc: the actions of the screens, and their keys */
void docgen_errors(void);          /* mdoc: number, name and sentence of each error */
void docgen_settings(void);        /* mdoc: what each setting takes */
void docgen_sample(void);          /* a configuration with every default, as comments */
void docgen_completion(void);      /* bash: the commands and their options as arrays */
void docgen_sandbox_options(void);    /* mdoc: the options of guitai-sandbox */
void docgen_sandbox_customers(void);  /* mdoc: its simulated customers */
void docgen_sandbox_refusals(void);   /* mdoc: what it refuses, with the HTTP status */
void docgen_hub_completion(void);
void docgen_timings(void);         /* mdoc: the timings of the practice channel */
void docgen_api_routes(void);      /* mdoc: what the hub answers */
void docgen_api_messages(void);    /* mdoc: bodies and their fields */
void docgen_api_errors(void);      /* mdoc: errors with status and retry */
void docgen_openapi_paths(void);   /* YAML: the routes */
void docgen_openapi_schemas(void); /* YAML: the bodies */

/* Sentences for an mdoc page, each beginning a line: backslashes and characters
 * beyond ASCII as escapes, no line that roff would take for a request. */
void mdoc_sentences(const char *text);

/* One argument of a macro, in quotes. */
void mdoc_argument(const char *text);

#endif
