// The model that reads a tenant's mails: what everybody has, and what its people said of proposals. Learnt once, and again
// when somebody decided; a process keeps it meanwhile, since learning takes longer than reading a mail.

import type { Tx } from '#db/transaction.ts';
import { exampleOf, modelWith } from '#intents/examples.ts';
import type { IntentModel } from '#intents/intent-model.ts';
import type { TenantId } from '#kernel/id.ts';
import { findDecided, findDecidedMark } from './store.ts';

/** Sentences that are learnt from, the latest. */
const DECIDED_LEARNT = 1_000;
/** Models that a process keeps; the one kept longest makes room. */
const MODELS_KEPT = 20;

const kept = new Map<TenantId, { readonly mark: string; readonly model: IntentModel }>();

/** The model of a tenant, as its people taught it so far. */
export async function readModel(tx: Tx): Promise<IntentModel> {
  const mark = await findDecidedMark(tx);
  const known = kept.get(tx.tenantId);
  if (known?.mark === mark) return known.model;
  const decided = await findDecided(tx, DECIDED_LEARNT);
  const model = modelWith(decided.map(({ quote, intents }) => exampleOf(quote, intents)));
  kept.delete(tx.tenantId);
  kept.set(tx.tenantId, { mark, model });
  const [oldest] = kept.keys();
  if (kept.size > MODELS_KEPT && oldest) kept.delete(oldest);
  return model;
}
