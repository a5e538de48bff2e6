// What the caller may do with a thing, told before it is tried, so that a button can be disabled with the reason.

import type { Context } from '#command/command.ts';

/**
 * `true`, or the code of the reason why not: `not_permitted` when the role does not allow it, else what the rule says.
 * The rule is the same pure function the command uses.
 */
export function mayDo(
  context: Pick<Context, 'permissions'>,
  permission: string,
  refusal?: string | undefined,
): true | string {
  if (!context.permissions.has(permission)) return 'not_permitted';
  return refusal ?? true;
}
