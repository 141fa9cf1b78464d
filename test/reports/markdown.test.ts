import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../reports/blocks.ts';
import { markdownBlocks } from '../../reports/markdown.ts';

const blocks = (markdown: string): readonly Block[] => markdownBlocks(markdown, 'Table');

describe('small Markdown', () => {
  it('reads headings, paragraphs, lists, code and tables', () => {
    const text = '# Now\nOne line\nand its rest.\n\n1. first\n2. second\n   goes on\n\n- a\n- b\n\n```sh\nkubectl get po\n```\n| a | b |\n|---|:-:|\n| 1 | `x` |\n';
    expect(blocks(text)).toEqual([
      { type: 'heading', level: 3, text: 'Now' },
      { type: 'paragraph', text: 'One line and its rest.', weight: 'normal' },
      { type: 'list', ordered: true, items: ['first', 'second goes on'] },
      { type: 'list', ordered: false, items: ['a', 'b'] },
      { type: 'paragraph', text: '`kubectl get po`', weight: 'normal' },
      expect.objectContaining({ type: 'table', rows: [[{ text: '1' }, { text: '`x`' }]], total: 1 }),
    ]);
  });
  it('puts no space between Chinese lines', () => expect(blocks('第一行，\n第二行')).toMatchObject([{ text: '第一行，第二行' }]));
  it('takes marks away, keeps code and writes addresses out', () =>
    expect(blocks('**bold** *soft* `**code**` [site](https://example.com) a_b_c 2*3*4')).toMatchObject([{ text: 'bold soft `**code**` site (https://example.com) a_b_c 2*3*4' }]));
  it('leaves HTML as text', () => expect(blocks('<script>alert(1)</script>')).toMatchObject([{ type: 'paragraph', text: '<script>alert(1)</script>' }]));
  it('ends for any text, and loses no word of a plain one', () => {
    const signs = fc.constantFrom('a', ' ', '\n', '#', '-', '|', '`', '*', '[', ']', '(', ')', '1', '.', '>', '_', '~');
    fc.assert(fc.property(fc.string({ maxLength: 400, unit: signs }), (text) => Array.isArray(blocks(text))));
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 30 }), (words) => {
        expect(blocks(words.join('\n'))).toMatchObject([{ type: 'paragraph', text: words.join(' ') }]);
      }),
    );
  });
  it('keeps the words of pictures and of what is nested, and fetches nothing', () =>
    expect(blocks('![plan](http://evil.example/x.png)\n\n- a\n  - b\n- [x] c')).toMatchObject([{ text: 'plan' }, { items: ['a', '– b', '☑ c'] }]));
  it.each([
    ['quotes', '>'.repeat(100_000)],
    ['brackets', '['.repeat(100_000)],
    ['links', '[a]('.repeat(50_000)],
    ['stars', '**a *b '.repeat(30_000)],
    ['nested lists', Array.from({ length: 4_000 }, (_, depth) => `${' '.repeat(depth * 2)}- a`).join('\n')],
    ['a wide table', `${'|a'.repeat(2_000)}|\n${'|-'.repeat(2_000)}|\n${`${'|x'.repeat(2_000)}|\n`.repeat(50)}`],
    ['long lines', `${'a'.repeat(4_000)}\n`.repeat(4_000)],
  ])('does not hang on %s', { timeout: 20_000 }, (_name, text) => expect(Array.isArray(blocks(text))).toBe(true));
  it('is bounded', () => expect(blocks('- a\n'.repeat(100_000)).flatMap((block) => (block.type === 'list' ? block.items : []))).toHaveLength(4_000));
});
