/** Charts as PNG, for formats whose readers draw no SVG. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY } from '../palette.ts';
import type { Picture } from './draw.ts';
import { subsetFont } from './subset-font.ts';

/** Family of the font files, and the only one that pictures may use: no font of the machine gets into a report. */
export const REPORT_FONT = 'Noto Sans SC';
const require = createRequire(import.meta.url);
/** OFL-1.1; complete in GB2312 and in the signs that reports use. Regular and bold. */
export const FONT_FILES: readonly string[] = ['400Regular', '700Bold'].map((weight) => require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));

/** The picture with the report's own font. */
export function inReportFont({ svg, ...picture }: Picture): Picture {
  return { ...picture, svg: svg.replaceAll(FONT_FAMILY, REPORT_FONT) };
}

/** Twice as many pixels as the pictures' size, on white. All pictures of a report at once: they share one small font. */
export function rasterise(pictures: readonly Picture[]): readonly Uint8Array[] {
  if (pictures.length === 0) return [];
  const svgs = pictures.map((picture) => inReportFont(picture).svg);
  const [regular = ''] = FONT_FILES; // charts have no bold text
  let folder: string | undefined;
  try {
    const small = subsetFont(readFileSync(regular), charactersOf(svgs));
    folder = mkdtempSync(join(tmpdir(), 'xunjian-font-'));
    const file = join(folder, 'chart.ttf');
    writeFileSync(file, small, { mode: 0o600 });
    return drawAll(pictures, svgs, file);
  } catch {
    return drawAll(pictures, svgs, regular); // nowhere to write, or a font of another make: slower, the same picture
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  }
}
function drawAll(pictures: readonly Picture[], svgs: readonly string[], fontFile: string): readonly Uint8Array[] {
  return pictures.map(({ width }, index) =>
    new Resvg(svgs[index] ?? '', {
      background: '#ffffff',
      fitTo: { mode: 'width', value: width * 2 },
      font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: REPORT_FONT },
    })
      .render()
      .asPng(),
  );
}
/** Every character of the files: their markup is ASCII and costs nothing; entities for `&` and `<` stand for ASCII, too. */
function charactersOf(svgs: readonly string[]): ReadonlySet<string> {
  const characters = new Set<string>(Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)));
  for (const svg of svgs) for (const character of svg) characters.add(character);
  return characters;
}
