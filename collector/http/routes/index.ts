/** All routes there are, in the order of the documentation. */
import type { AppDeps } from '../deps.ts';
import type { Api } from '../endpoint.ts';
import { setupPages } from '../pages/setup.ts';
import { signInPages } from '../pages/sign-in.ts';
import { oidcRoutes } from './oidc-routes.ts';
import { sessionRoutes } from './session-routes.ts';
import { systemRoutes } from './system-routes.ts';
import { userRoutes } from './user-routes.ts';

export const ROUTES: readonly ((api: Api, deps: AppDeps) => void)[] = [systemRoutes, sessionRoutes, oidcRoutes, userRoutes, signInPages, setupPages];
