/* Marks a sentence for translation without translating it: the core names
 * its sentences, the programs speak them. */
#ifndef BASE_MARK_H
#define BASE_MARK_H

#define N_(text) text

#endif
