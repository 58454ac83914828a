/* Writes a made-up Chinese catalogue as CSV: a million products of a market, the
 * same ones each time, for measuring import and search.
 *
 * usage: generate_million [N] >products.csv
 *
 * Names are brand + flavour + goods + size, as on a shelf; brands are many, goods
 * few, so that some words are in ten thousand names and others in ten. Codes are
 * GTIN-13 in no order.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/check_digit.h"

static const char *const brand_letters[] = {
	"金", "龙", "海", "天", "白", "云", "红", "星", "美", "乐", "安", "康", "福", "临", "门", "双",
	"汇", "光", "明", "山", "泉", "新", "华", "长", "城", "蓝", "月", "江", "南", "北", "大", "好",
	"宝", "洁", "佳", "丽", "百", "事", "可", "口", "统", "一", "旺", "旺", "雪", "花", "青", "岛",
	"农", "夫", "伊", "家", "味", "全", "圣", "元", "雅", "客", "徐", "记", "银", "鹭", "达", "利",
};

static const char *const flavours[] = {
	"", "原味", "香辣", "麻辣", "五香", "草莓", "香草", "巧克力", "番茄", "海盐", "芝士", "葱香",
	"无糖", "低脂", "高钙", "有机", "精选", "特级", "经典", "老坛", "红烧", "清香", "薄荷", "柠檬",
	"蜂蜜", "茉莉", "乌龙", "椰子", "芒果", "蓝莓",
};

static const char *const goods[] = {
	"可乐", "汽水", "矿泉水", "酸奶", "纯牛奶", "豆浆", "绿茶", "红茶", "咖啡", "果汁", "啤酒", "白酒",
	"方便面", "挂面", "大米", "面粉", "食用油", "酱油", "陈醋", "料酒", "火腿肠", "午餐肉", "饼干",
	"薯片", "瓜子", "花生", "坚果", "糖果", "巧克力", "果冻", "面包", "蛋糕", "月饼", "粽子", "饺子",
	"汤圆", "冰淇淋", "雪糕", "牙膏", "牙刷", "洗发水", "沐浴露", "香皂", "洗衣液", "洗洁精", "卫生纸",
	"抽纸", "湿巾", "毛巾", "拖鞋", "电池", "灯泡", "插座", "保鲜膜", "垃圾袋", "银行卡套", "笔记本",
	"中性笔", "文件夹", "雨伞",
};

static const char *const sizes[] = {
	"", "250ml", "330ml", "500ml", "600ml", "1.25L", "2L", "50g", "100g", "200g", "500g", "1kg",
	"5kg", "10包", "12片", "3支装", "家庭装", "24罐",
};

#define COUNT(array) (sizeof(array) / sizeof (array)[0])
#define PICK(array, state) array[next(state) % COUNT(array)]

/* xorshift64: the same numbers on every machine. */
static uint64_t next(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state >> 11;
}

/* The i-th code: i is spread over a prime's residues, each taken once. */
static void write_code(uint64_t i)
{
	char digits[14];

	snprintf(digits, sizeof digits, "69%010llu",
		 (unsigned long long)(i * UINT64_C(48271007) % UINT64_C(9999999967)));
	printf("%s%d", digits, check_digit_gs1(digits, strlen(digits)));
}

static void write_product(uint64_t i, uint64_t *state)
{
	const char *size = PICK(sizes, state);

	write_code(i);
	printf(",%s%s", PICK(brand_letters, state), PICK(brand_letters, state));
	if (next(state) % 4 == 0)
		fputs(PICK(brand_letters, state), stdout);
	printf("%s%s%s,", PICK(flavours, state), PICK(goods, state), size);
	printf("%u.%02u,%s\n", (unsigned)(next(state) % 200), (unsigned)(next(state) % 100), size);
}

int main(int argc, char **argv)
{
	uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 1000000, state = 20261121;

	puts("code,name,price,spec");
	for (uint64_t i = 1; i <= n; i++)
		write_product(i, &state);
	return fflush(stdout) == 0 ? 0 : 1;
}
