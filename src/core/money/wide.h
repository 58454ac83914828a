/* 128-bit integers for intermediate products. */
#ifndef MONEY_WIDE_H
#define MONEY_WIDE_H

__extension__ typedef __int128 int_wide;
__extension__ typedef unsigned __int128 uint_wide;

#endif
