/** /admin/once: what the act before made and nobody sees again. */
import { html } from '../../../../reports/renderers/markup.ts';
import type { AppDeps } from '../../../http/deps.ts';
import type { Api } from '../../../http/endpoint.ts';
import { ONCE_PATH, readOnce } from '../../once.ts';
import { addPage } from '../../page.ts';
import { issuedPage } from './clusters.ts';
import { adminPage } from './frame.ts';
import { linkPage } from './user.ts';

export function oncePages(api: Api, deps: AppDeps): void {
  addPage(api, { path: ONCE_PATH, id: 'oncePage', summary: 'Page of a token or link that was just made', permission: 'customer.read' }, async (view, { request }) => {
    const once = readOnce(request);
    const { t, visibility } = view;
    if (once?.kind === 'link') return linkPage(view, deps, once);
    if (once?.kind === 'token') {
      const cluster = await deps.fleet.cluster(visibility, once.clusterId);
      return issuedPage(view, deps, cluster, await deps.fleet.customer(visibility, cluster.customerId), { token: once.token, kind: once.of });
    }
    return adminPage(
      view,
      'customers',
      t('已不再显示', 'No longer shown'),
      html`<p>${t('令牌和一次性链接只在生成后的十分钟内、仅对生成者显示。丢失后请重新生成。', 'Tokens and one-time links are shown for ten minutes, to whoever made them. Make a new one if it is lost.')}</p><p class="acts"><a class="button second" href="/admin">${t('返回管理', 'Back to administration')}</a></p>`,
    );
  });
}
