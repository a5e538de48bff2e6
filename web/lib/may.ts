// What the reader's role allows, so that a page shows no button that would be refused. The server decides all the same.

import { me } from '#identity/contract.ts';
import type { Reply } from './api.ts';
import { useRead } from './data.ts';

export type Permission = Reply<typeof me>['permissions'][number];

/** Whether one may do something here; no while that is not known yet. */
export function useMay(permission: Permission): boolean {
  return useRead(me).data?.permissions.includes(permission) ?? false;
}
