import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { issueWords } from '../../collector/fault-words.ts';
import { Login, line } from '../../collector/http/values.ts';
import { Zone } from '../../collector/support/zone.ts';

const wordsOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues.map(issueWords) ?? [];

describe('words for what a schema refuses', () => {
  it.each<[string, z.ZodType, unknown, string, string]>([
    ['nothing given', z.string(), undefined, '必填', 'is needed'],
    ['an empty line', line(10), ' ', '必填', 'is needed'],
    ['a long line', line(3), 'abcd', '最多 3 个字符', 'at most 3 characters'],
    ['two lines', line(9), 'a\nb', '只能是一行文字', 'one line of text'],
    ['no zone', Zone, 'Beijing', '应为 IANA 时区，例如 Asia/Shanghai（不用 CST 一类缩写）', 'an IANA time zone such as Asia/Shanghai, no abbreviation such as CST'],
    ['no login', Login, 'a b', '只能包含字母、数字和 . _ @ + -', 'letters, digits, . _ @ + - only'],
    ['no address', z.email(), 'x', '应为邮箱地址', 'an e-mail address'],
    ['no number', z.coerce.number(), 'x', '应为数字', 'a number'],
    ['too small a number', z.number().min(2), 1, '不能小于 2', 'at least 2'],
    ['no choice', z.enum(['a', 'b']), 'c', '可选：a, b', 'one of a, b'],
    ['a pattern', z.string().regex(/^x$/), 'y', '格式不正确', 'is not in the form that it needs'],
    ['a field too many', z.strictObject({}), { secret: 1 }, '含有未知的字段', 'it holds fields that are not known'],
  ])('are the reader’s for %s', (_, schema, value, zh, en) => expect(wordsOf(schema, value)).toEqual([{ zh, en }]));

  it('never repeat what was given', () => {
    const schema = z.strictObject({ name: line(5), zone: Zone, mail: z.email(), kind: z.enum(['a', 'b']) });
    fc.assert(
      fc.property(fc.stringMatching(/^[Q-Z]{12,20}$/), (given) => {
        for (const { zh, en } of wordsOf(schema, { name: given, zone: given, mail: given, kind: given, [given]: given })) expect(`${zh}${en}`).not.toContain(given);
      }),
    );
  });
});
