/** The HTML of a mail: tables and inline styles, which is what mail clients keep. No pictures, no remote content. */
import type { Locale } from '../../agent/wire/vocabulary.ts';
import { FONT_FAMILY, LIGHT } from '../../reports/palette.ts';
import type { Composed, Tone } from './compose.ts';
import { escapeHtml } from './escape.ts';

/** A shape beside the colour: for black-and-white print and for those who see colours differently. */
const SHAPES: Readonly<Record<Tone, string>> = { critical: '■', warning: '▲', info: '●', ok: '✓', neutral: '○' };

export function mailHtml(composed: Composed, locale: Locale): string {
  const { subject, tone, kicker, title, opening, facts, quote, remedy, list, link, footer } = composed;
  const colour = tone === 'neutral' ? LIGHT.muted : LIGHT[tone];
  const safe = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');
  const font = FONT_FAMILY.replaceAll("'", '');
  const row = (inner: string, padding = '0 32px 20px'): string => `<tr><td style="padding:${padding}">${inner}</td></tr>`;
  const body = [
    `<tr><td style="height:6px;line-height:6px;font-size:0;background:${colour};border-radius:6px 6px 0 0">&nbsp;</td></tr>`,
    row(`<p style="margin:0;font-size:13px;line-height:20px;font-weight:600;color:${colour}">${SHAPES[tone]}&nbsp; ${safe(kicker)}</p>`, '26px 32px 6px'),
    row(`<h1 style="margin:0;font-size:20px;line-height:30px;font-weight:600;color:${LIGHT.text};word-break:break-word">${safe(title)}</h1>`, '0 32px 14px'),
    row(`<p style="margin:0;font-size:14px;line-height:24px;color:${LIGHT.text}">${safe(opening)}</p>`),
    quote ? row(box(safe(quote), LIGHT.neutral)) : '',
    facts.length > 0 ? row(factsTable(facts)) : '',
    remedy ? row(box(`<strong style="display:block;margin-bottom:4px;color:${LIGHT.text}">${safe(remedy.title)}</strong>${safe(remedy.text)}`, LIGHT.accent)) : '',
    list && list.length > 0
      ? row(
          `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">${list.map((one) => `<tr><td style="padding:8px 0;border-bottom:1px solid ${LIGHT.line};font-size:14px;line-height:22px;color:${LIGHT.text};word-break:break-word">${safe(one)}</td></tr>`).join('')}</table>`,
        )
      : '',
    link
      ? row(
          `<a href="${escapeHtml(link.url)}" style="display:inline-block;padding:10px 24px;border-radius:4px;background:${LIGHT.accent};color:#FFFFFF;font-size:14px;line-height:20px;font-weight:600;text-decoration:none">${safe(link.label)}</a>`,
          '4px 32px 28px',
        )
      : '',
    row(
      `<p style="margin:0;padding-top:16px;border-top:1px solid ${LIGHT.line};font-size:12px;line-height:20px;color:${LIGHT.muted}">${footer.map(safe).join('<br>')}</p>`,
      '0 32px 26px',
    ),
  ];
  return `<!doctype html>
<html lang="${locale === 'zh' ? 'zh-CN' : 'en'}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light"><meta name="format-detection" content="telephone=no"><title>${safe(subject)}</title></head>
<body style="margin:0;padding:0;background:${LIGHT.soft};font-family:${font};-webkit-text-size-adjust:100%">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="background:${LIGHT.soft}"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:640px;background:${LIGHT.page};border-radius:6px;border:1px solid ${LIGHT.line};text-align:left;font-family:${font}">
${body.filter((one) => one !== '').join('\n')}
</table>
</td></tr></table>
</body></html>
`;
}

function factsTable(facts: Composed['facts']): string {
  const cells = facts.map(
    ({ label, value }) =>
      `<tr><td valign="top" style="width:132px;padding:8px 16px 8px 0;border-bottom:1px solid ${LIGHT.line};font-size:13px;line-height:22px;color:${LIGHT.muted}">${escapeHtml(label)}</td><td valign="top" style="padding:8px 0;border-bottom:1px solid ${LIGHT.line};font-size:14px;line-height:22px;color:${LIGHT.text};font-variant-numeric:tabular-nums;word-break:break-word">${escapeHtml(value)}</td></tr>`,
  );
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse;border-top:1px solid ${LIGHT.line}">${cells.join('')}</table>`;
}
function box(inner: string, edge: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td style="padding:12px 16px;background:${LIGHT.soft};border-left:3px solid ${edge};font-size:14px;line-height:23px;color:${LIGHT.text};word-break:break-word">${inner}</td></tr></table>`;
}
