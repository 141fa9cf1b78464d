/** From what a server calls a setting to a typed value of the allow-list. What is not in the list ends here. */

import type { Sections } from '../../wire/section-values.ts';
import { PRODUCT_SETTINGS } from '../../wire/sections/middleware/product-settings.ts';
import type { Product } from '../../wire/sections/middleware/products.ts';
import type { SettingType } from '../../wire/sections/middleware/settings.ts';
import { toVersion } from '../../wire/version.ts';
import type { RawSetting } from './product.ts';

export type SettingRow = Sections['middlewareSettings']['rows'][number];
type Value = Pick<SettingRow, 'number' | 'flag' | 'word' | 'version'>;

export function settingRows(instance: string, product: Product, settings: readonly RawSetting[]): SettingRow[] {
  const types = PRODUCT_SETTINGS[product] ?? {};
  return settings.flatMap(({ member, key, value }) => {
    const type = Object.hasOwn(types, key) ? types[key] : undefined;
    const typed = type && typedValue(type, value);
    return typed ? [{ instance, product, key, ...(member !== undefined && { member }), ...typed }] : [];
  });
}

/** `undefined` when the text is no value of the type: better unknown than wrong. */
export function typedValue(type: SettingType, value: RawSetting['value']): Value | undefined {
  if (value === undefined || value === null) return undefined;
  const text = String(value).trim();
  switch (type.type) {
    case 'number': {
      const number = (type.unit === 'bytes' ? sizeOf(text) : undefined) ?? Number(text);
      return text !== '' && Number.isFinite(number) && Math.abs(number) <= Number.MAX_SAFE_INTEGER ? { number } : undefined;
    }
    case 'flag': {
      const lower = text.toLowerCase();
      if (['yes', 'on', 'true', '1', 'enabled'].includes(lower)) return { flag: true };
      return ['no', 'off', 'false', '0', 'disabled'].includes(lower) ? { flag: false } : undefined;
    }
    case 'word':
      if (text === '') return { word: 'unset' };
      return { word: type.words.find((word) => word.toLowerCase() === text.toLowerCase()) ?? 'other' };
    case 'version': {
      const version = toVersion(text);
      return version === undefined ? undefined : { version };
    }
    default:
      return type satisfies never;
  }
}
/** `128MB`, `1.5GiB`: for whoever writes an approved size into the configuration. */
function sizeOf(text: string): number | undefined {
  const size = /^(\d{1,9}(?:\.\d{1,3})?) ?([kMGT])i?B$/.exec(text);
  return size ? Math.round(Number(size[1]) * 1_024 ** ('kMGT'.indexOf(size[2] ?? '') + 1)) : undefined;
}
