/** Forms of the kinds of targets: which fields each has, and from a form to configuration and secrets. */
import type { Text } from '../../../../agent/wire/vocabulary.ts';
import type { Markup } from '../../../../reports/renderers/markup.ts';
import type { TargetKindName } from '../../../notify/targets/registry.ts';
import { field, select, textarea } from '../../parts/forms.ts';
import type { View } from '../../view.ts';

export const KIND_TITLES: Readonly<Record<TargetKindName, Text>> = {
  email: { zh: '电子邮件', en: 'E-mail' },
  webhook: { zh: '签名 Webhook', en: 'Signed webhook' },
  dingtalk: { zh: '钉钉机器人', en: 'DingTalk robot' },
  wecom: { zh: '企业微信机器人', en: 'WeCom robot' },
  feishu: { zh: '飞书机器人', en: 'Feishu robot' },
  pagerduty: { zh: 'PagerDuty', en: 'PagerDuty' },
  alertmanager: { zh: 'Alertmanager', en: 'Alertmanager' },
};

interface TargetField {
  readonly name: string;
  /** Sealed before it is stored, and shown to nobody again. */
  readonly isSecret: boolean;
  readonly read: (text: string) => unknown;
  readonly draw: (view: View) => Markup;
}
type Options = { readonly required?: boolean; readonly value?: string; readonly hint?: Text; readonly type?: 'text' | 'url' | 'number' | 'email' };

function config(name: string, label: Text, { required = false, value = '', hint, type = 'text' }: Options = {}): TargetField {
  return {
    name,
    isSecret: false,
    read: type === 'number' ? Number : String,
    draw: ({ locale }) => field(label[locale], name, { required, value, type, max: type === 'number' ? 65_535 : 2_000, ...(hint && { hint: hint[locale] }) }),
  };
}
function secret(name: string, label: Text, required = false): TargetField {
  return { name, isSecret: true, read: String, draw: ({ locale }) => field(label[locale], name, { required, type: 'password', max: 2_000, autocomplete: 'off' }) };
}
/** Several separated by commas or blanks. */
function many(name: string, label: Text, required = false): TargetField {
  return { name, isSecret: false, read: (text) => text.split(/[\s,，]+/).filter((one) => one !== ''), draw: ({ locale }) => field(label[locale], name, { required, max: 4_000 }) };
}
const CA: TargetField = {
  name: 'ca',
  isSecret: false,
  read: String,
  draw: ({ t }) => textarea(t('私有 CA 证书（PEM，可空）', 'Private CA (PEM, may be empty)'), 'ca', { code: true, max: 8_000 }),
};

export const TARGET_FIELDS: Readonly<Record<TargetKindName, readonly TargetField[]>> = {
  email: [
    config('host', { zh: 'SMTP 服务器', en: 'SMTP server' }, { required: true }),
    config('port', { zh: '端口', en: 'Port' }, { value: '587', type: 'number' }),
    {
      name: 'security',
      isSecret: false,
      read: String,
      draw: ({ t }) =>
        select(t('加密', 'Encryption'), 'security', [
          ['starttls', 'STARTTLS'],
          ['tls', 'TLS'],
          ['none', t('无（不登录）', 'none (no login)')],
        ]),
    },
    config('from', { zh: '发件地址', en: 'From' }, { required: true, type: 'email' }),
    many('to', { zh: '总是发给（可空）', en: 'Always to (may be empty)' }),
    secret('username', { zh: '用户名', en: 'User name' }),
    secret('password', { zh: '密码', en: 'Password' }),
    CA,
  ],
  webhook: [
    config('url', { zh: '地址', en: 'Address' }, { required: true, type: 'url' }),
    secret('signingKey', { zh: '签名密钥（至少 16 个字符）', en: 'Signing key (at least 16 characters)' }, true),
    secret('bearer', { zh: 'Bearer 令牌（可空）', en: 'Bearer token (may be empty)' }),
    CA,
  ],
  dingtalk: [
    secret('accessToken', { zh: 'access_token', en: 'access_token' }, true),
    secret('signSecret', { zh: '加签密钥（可空）', en: 'Sign secret (may be empty)' }),
    config('keyword', { zh: '关键词（可空）', en: 'Keyword (may be empty)' }),
  ],
  wecom: [secret('key', { zh: 'key', en: 'key' }, true)],
  feishu: [
    secret('hookToken', { zh: 'Webhook 地址最后一段', en: 'Last part of the hook address' }, true),
    secret('signSecret', { zh: '签名密钥（可空）', en: 'Sign secret (may be empty)' }),
  ],
  pagerduty: [secret('routingKey', { zh: '集成密钥', en: 'Integration key' }, true)],
  alertmanager: [
    many('urls', { zh: '各实例地址', en: 'Addresses of all instances' }, true),
    secret('bearer', { zh: 'Bearer 令牌（可空）', en: 'Bearer token (may be empty)' }),
    secret('username', { zh: '用户名（可空）', en: 'User name (may be empty)' }),
    secret('password', { zh: '密码（可空）', en: 'Password (may be empty)' }),
    CA,
  ],
};

/** What was left empty is not there; what no field names is not taken. */
export function targetOf(kind: TargetKindName, given: Readonly<Record<string, string>>): { readonly config: Record<string, unknown>; readonly secrets: Record<string, unknown> } {
  const of = (isSecret: boolean): Record<string, unknown> =>
    Object.fromEntries(
      TARGET_FIELDS[kind].flatMap((one) => (one.isSecret === isSecret && (given[one.name] ?? '').trim() !== '' ? [[one.name, one.read((given[one.name] ?? '').trim())]] : [])),
    );
  return { config: { kind, ...of(false) }, secrets: of(true) };
}
