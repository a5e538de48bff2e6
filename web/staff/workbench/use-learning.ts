// What a receipt taught, and accepting it by one key: who pays for whom first, then how the customer writes our numbers.

import { useDebouncedValue } from '@mantine/hooks';
import { acceptPattern, listPatternProposals } from '#patterns/contract.ts';
import { acceptAlias, listAliasProposals } from '#paying/contract.ts';
import type { ApiProblem } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { rightWords } from './LearntPage.tsx';
import { formWords, tallyWords } from './pattern-words.ts';

/** What the receipt in hand, or the one before it, taught, if anything: as a question, with what accepts it. */
export function useLearning(
  inHandId: string | undefined,
  lastId: string | undefined,
  onError: (problem: ApiProblem) => void,
): { readonly question: string | undefined; accept(): void } {
  const inHand = useProposals(inHandId);
  const before = useProposals(lastId);
  const alias = useCommand(acceptAlias);
  const pattern = useCommand(acceptPattern);
  const sign = before.sign ?? inHand.sign;
  const way = before.way ?? inHand.way;
  const accept = (): void => {
    if (alias.isPending || pattern.isPending) return;
    if (sign) {
      const { kind, written, customer } = sign;
      alias.mutate({ body: { kind, written, customerId: customer.id } }, { onError });
    } else if (way) {
      pattern.mutate({ body: { customerId: way.customer.id, form: way.form } }, { onError });
    }
  };
  const question = sign
    ? `Is “${sign.written}” always ${sign.customer.name}? It would have been ${rightWords(sign)}.`
    : way
      ? `Does ${way.customer.name} write ${formWords(way.form)}? On past receipts ${tallyWords(way)}.`
      : undefined;
  return { question, accept };
}

/** Who works quickly is not asked about each receipt: the question comes once one rests. */
const REST_MS = 600;

function useProposals(given: string | undefined) {
  const [paymentId] = useDebouncedValue(given, REST_MS);
  const input = { query: { paymentId: paymentId ?? '' } };
  const options = { enabled: paymentId !== undefined };
  const signs = useRead(listAliasProposals, input, options);
  const ways = useRead(listPatternProposals, input, options);
  // Of another receipt than this nothing is said.
  if (paymentId === undefined || paymentId !== given) return { sign: undefined, way: undefined };
  return { sign: signs.data?.rows[0], way: ways.data?.rows[0] };
}
