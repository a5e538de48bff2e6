// Batches of letters, begun, made and printed, with what a worker does in between done at once.

import { type CarryOutOptions, type Context, carryOut } from '#command/command.ts';
import { type BeginBatch, beginBatch } from '#delivery/begin-batch.ts';
import { makeBatch } from '#delivery/make-batch.ts';
import { type BatchMade, type BatchPrinted, printBatch } from '#delivery/post-letters.ts';
import type { PrintTools } from '#delivery/refresh-letters.ts';

const toolsFor = ({ door, sources }: PrintTools, context: Context) => ({
  door,
  sources,
  contextOf: async () => context,
});

/** Begins a batch and makes it. */
export async function makePostBatch(
  tools: PrintTools,
  context: Context,
  wanted: BeginBatch,
  options: CarryOutOptions = {},
): Promise<BatchMade> {
  const { batchId } = await carryOut(tools.door, context, beginBatch, wanted, options);
  return makeBatch(toolsFor(tools, context), context.tenantId, batchId);
}

/** Prints a batch; where its letters changed since it was made, it is made anew first. */
export async function printMade(
  tools: PrintTools,
  context: Context,
  wanted: { readonly batchId: string },
): Promise<BatchPrinted> {
  const printed = await printBatch(tools, context, wanted);
  if (printed.isPrinted) return printed;
  await makeBatch(toolsFor(tools, context), context.tenantId, wanted.batchId);
  return printBatch(tools, context, wanted);
}
