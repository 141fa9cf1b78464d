import { expect, it } from 'vitest';
import { glyphsOf } from '../../../reports/charts/subset-font.ts';
import { withoutPictographs } from '../../../reports/renderers/pdf/pictographs.ts';
import { fontBytes } from '../../../reports/renderers/pdf/typst.ts';

it.each([
  ['支持单点登录 😀', '支持单点登录 〔表情〕'],
  ['已上线 ✅，失败 ❌', '已上线 ✓，失败 ×'],
  ['👨 👩 👧 🇨🇳 后', '〔表情〕 后'],
  ['👍🏽好', '〔表情〕好'],
  ['⚠️ 注意 ™ ✓ ■', '⚠ 注意 ™ ✓ ■'],
  ['1️⃣ #5 * 3', '1 #5 * 3'],
  ['中文 English العربية', '中文 English العربية'],
  ['{"a":"\\"😀\\\\"}', '{"a":"\\"〔表情〕\\\\"}'],
])('%s becomes %s', (text, plain) => expect(withoutPictographs(text, 'zh')).toBe(plain));

it('leaves no picture that the font cannot draw', () => {
  const [font] = fontBytes();
  const glyphs = glyphsOf(font ?? Buffer.alloc(0));
  for (let code = 0xa9; code < 0x1fb00; code += 1) {
    const character = code >= 0xd800 && code < 0xe000 ? '' : String.fromCodePoint(code);
    if (!/\p{Extended_Pictographic}|\p{Regional_Indicator}/u.test(character)) continue;
    for (const left of withoutPictographs(character, 'en')) expect([character, left, glyphs(left) !== 0]).toEqual([character, left, true]);
  }
});
