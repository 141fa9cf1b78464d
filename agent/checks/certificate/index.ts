import type { Check } from '../check.ts';
import { caExpiring } from './ca-expiring.ts';
import { expired } from './expired.ts';
import { expiring } from './expiring.ts';
import { keyWeak } from './key-weak.ts';
import { kubeletExpiring } from './kubelet-expiring.ts';
import { kubeletRotationOff } from './kubelet-rotation-off.ts';
import { kubeletServerSelfSigned } from './kubelet-server-self-signed.ts';
import { namesMissing } from './names-missing.ts';
import { notYetValid } from './not-yet-valid.ts';
import { signatureWeak } from './signature-weak.ts';

export const CERTIFICATE_CHECKS: readonly Check[] = [
  caExpiring,
  expired,
  expiring,
  keyWeak,
  kubeletExpiring,
  kubeletRotationOff,
  kubeletServerSelfSigned,
  namesMissing,
  notYetValid,
  signatureWeak,
];
