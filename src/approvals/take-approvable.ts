// Finding what is asked for, and reading the request that asks for it as the operation itself would.

import { createHash } from 'node:crypto';
import type { Command } from '#command/command.ts';
import type { Json } from '#kernel/canonical.ts';
import { Refusal } from '#kernel/refusal.ts';
import type { Approvable, Registry } from './approvable.ts';
import { type Asked, contentText, type Matter } from './matter.ts';

/** An operation that can be asked for. Refuses: `operation_not_approvable`. */
export function takeApprovable(registry: Registry, operation: string): Approvable {
  const found = registry.approvables.find((approvable) => approvable.operation.id === operation);
  if (!found) throw new Refusal('operation_not_approvable', { operation });
  return found;
}

/**
 * What the command of an operation is called with, read by the contract of the operation.
 *
 * Refuses: `request_not_understood`, with the first fields that are wrong.
 */
export function takeInput(
  approvable: Approvable,
  asked: Pick<Asked, 'params' | 'body'>,
): { readonly command: Command<unknown, Json>; readonly input: unknown } {
  const params = approvable.operation.params.safeParse(asked.params);
  const body = approvable.operation.body.safeParse(asked.body);
  const issues = [...(params.error?.issues ?? []), ...(body.error?.issues ?? [])];
  if (!params.success || !body.success)
    throw new Refusal('request_not_understood', {
      fields: issues.slice(0, FIELDS_NAMED_MAX).map((issue) => `${issue.path.join('/')}: ${issue.message}`),
    });
  const input = { ...(params.data as object), ...(body.data as object) };
  return { command: approvable.command as Command<unknown, Json>, input };
}

const FIELDS_NAMED_MAX = 20;

/** SHA-256 of what is asked for and what it is about. */
export function hashContent(asked: Asked, matter: Matter): Uint8Array {
  return createHash('sha256').update(contentText(asked, matter)).digest();
}
