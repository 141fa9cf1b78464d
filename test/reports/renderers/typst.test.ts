import { expect, it } from 'vitest';
import { type TypesettingJob, typeset } from '../../../reports/renderers/pdf/typst.ts';

/** Two chapters: the first ends low or high on its page, the second follows; marks as the report's template sets them. */
const TEMPLATE = `
#set page(paper: "a4")
#set text(font: "Noto Sans SC", fallback: false)
#let mark(name, place) = context [#metadata((place: place, page: here().page(), height: here().position().y / 1mm))#name]
#v(eval(sys.inputs.data))
#mark(<before-chapter>, "1")
#if sys.inputs.at("running-on") == "1" { v(4pt) } else { pagebreak() }
Second
#v(100mm)
#mark(<end>, none)
`;
const job = (data: string): TypesettingJob => ({ template: TEMPLATE, data, files: new Map(), madeAt: 1_795_327_500 });
const pagesOf = (pdf: Uint8Array): number =>
  [
    ...Buffer.from(pdf)
      .toString('latin1')
      .matchAll(/\/Type ?\/Page\b/g),
  ].length;

it.each([
  ['the native build', false],
  ['the build for every processor', true],
])('begins a chapter on the page before it when that is mostly empty, and not when it is used (%s)', async (_, portable) => {
  expect(pagesOf(await typeset(job('60mm'), portable))).toBe(1);
  expect(pagesOf(await typeset(job('200mm'), portable))).toBe(2);
});
it('says what was wrong with a template, in either build', async () => {
  for (const portable of [false, true]) await expect(typeset({ ...job('1mm'), template: '#panic("no")' }, portable)).rejects.toThrow('no');
});
it('ends with the whole of what is looked up rather than with its last lines, even if those were a page less', async () => {
  // Pages of another size tell which way was taken.
  const template = `
#let whole = sys.inputs.at("looked-up") == "apart"
#set page(width: if whole { 300mm } else { 210mm }, height: 297mm)
#set text(font: "Noto Sans SC", fallback: false)
#let mark(name, place) = context [#metadata((place: place, page: here().page(), height: here().position().y / 1mm))#name]
First
#if sys.inputs.close != "2" { pagebreak(); [Second] }
#pagebreak()
#v(if whole { 150mm } else { 20mm })
#mark(<end>, none)
`;
  const pdf = await typeset({ ...job('1mm'), template });
  expect(pagesOf(pdf)).toBe(3);
  expect(Buffer.from(pdf).toString('latin1')).toMatch(/\/MediaBox ?\[0 0 850/);
});
