/** Charts as PNG, for formats whose readers draw no SVG. */

import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import { FONT_FAMILY } from '../palette.ts';
import type { Picture } from './draw.ts';

/** Family of the font files, and the only one that pictures may use: no font of the machine gets into a report. */
export const REPORT_FONT = 'Noto Sans SC';
const require = createRequire(import.meta.url);
/** OFL-1.1; complete in GB2312 and in the signs that reports use. Regular and bold. */
export const FONT_FILES: readonly string[] = ['400Regular', '700Bold'].map((weight) => require.resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`));

/** The picture with the report's own font. */
export function inReportFont({ svg, ...picture }: Picture): Picture {
  return { ...picture, svg: svg.replaceAll(FONT_FAMILY, REPORT_FONT) };
}

/** Twice as many pixels as the picture's size, on white. */
export function rasterise(picture: Picture): Uint8Array {
  const { svg, width } = inReportFont(picture);
  return new Resvg(svg, {
    background: '#ffffff',
    fitTo: { mode: 'width', value: width * 2 },
    font: { fontFiles: [...FONT_FILES], loadSystemFonts: false, defaultFontFamily: REPORT_FONT },
  })
    .render()
    .asPng();
}
