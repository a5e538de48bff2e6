// All routes of the API, module after module in reading order. What is served, documented and tried by the guards.

import type { Route } from '#http/route.ts';
import { routes as identity } from '#identity/routes.ts';

export const ROUTES: readonly Route[] = [...identity];
