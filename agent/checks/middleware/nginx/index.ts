import type { Check } from '../../check.ts';
import { nginxAccessLogOff } from './access-log-off.ts';
import { nginxBodyUnlimited } from './body-unlimited.ts';
import { nginxCertificateExpiring } from './certificate-expiring.ts';
import { nginxConnectionsDropped } from './connections-dropped.ts';
import { nginxDescriptorsLow } from './descriptors-low.ts';
import { nginxErrorsHigh } from './errors-high.ts';
import { nginxListingOn } from './listing-on.ts';
import { nginxProtocolOld } from './protocol-old.ts';
import { nginxReloadFailed } from './reload-failed.ts';
import { nginxRunsAsRoot } from './runs-as-root.ts';
import { nginxStatusOpen } from './status-open.ts';
import { nginxTokensShown } from './tokens-shown.ts';
import { nginxUpstreamSingle } from './upstream-single.ts';
import { nginxUpstreamUnverified } from './upstream-unverified.ts';

export const NGINX_CHECKS: readonly Check[] = [
  nginxAccessLogOff,
  nginxBodyUnlimited,
  nginxCertificateExpiring,
  nginxConnectionsDropped,
  nginxDescriptorsLow,
  nginxErrorsHigh,
  nginxListingOn,
  nginxProtocolOld,
  nginxReloadFailed,
  nginxRunsAsRoot,
  nginxStatusOpen,
  nginxTokensShown,
  nginxUpstreamSingle,
  nginxUpstreamUnverified,
];
