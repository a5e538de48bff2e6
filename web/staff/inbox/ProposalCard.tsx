// What a mail seems to want: its words, what is understood, and the two keys to decide.

import { Badge, Button, Group, Kbd, Paper, Stack, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { acceptProposal, type listConversationEntries, rejectProposal } from '#inbox/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { useShortcuts } from '../../lib/shortcuts.ts';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Trouble } from '../../ui/Page.tsx';
import { chanceWords } from '../paying/matching-words.ts';
import { ACCEPT_WORDS, INTENT_WORDS } from './intent-words.ts';
import { mayChange, ProposalChange } from './ProposalChange.tsx';

type Entry = Reply<typeof listConversationEntries>['rows'][number];
export type Proposal = Extract<Entry, { kind: 'mail' }>['proposals'][number];

/** What stops a customer for good, or for long, wants a deliberate hand: no key does it. */
const BY_HAND: ReadonlySet<string> = new Set(['insolvency', 'stop']);

/** Whether keys may decide about a proposal. */
export const hasKeys = ({ decision, may, intent }: Proposal): boolean =>
  decision === null && may.accept === true && !BY_HAND.has(intent);

/** A proposal; the keys `a` and `n` decide about the one of a page that is next. */
export function ProposalCard({
  proposal,
  isNext,
}: {
  readonly proposal: Proposal;
  readonly isNext: boolean;
}) {
  const accept = useCommand(acceptProposal);
  const reject = useCommand(rejectProposal);
  const { proposalId } = proposal;
  const { mutate: doIt } = accept;
  const { mutate: putAside } = reject;
  const [isChanging, setChanging] = useState(false);
  const isBusy = accept.isPending || reject.isPending || isChanging;
  const shortcuts = useMemo(() => {
    if (!isNext || isBusy) return [];
    const input = { params: { proposalId }, body: {} };
    return [
      { keys: 'a', does: 'Do what is proposed', run: () => doIt(input) },
      { keys: 'n', does: 'Not meant', run: () => putAside(input) },
    ];
  }, [isNext, isBusy, doIt, putAside, proposalId]);
  useShortcuts(shortcuts);
  const problem = accept.error ?? reject.error;
  return (
    <Paper withBorder p="sm" aria-label={`Proposal: ${INTENT_WORDS[proposal.intent]}`} role="group">
      <Stack gap="xs">
        <Group gap="xs">
          <Badge variant="light">{INTENT_WORDS[proposal.intent]}</Badge>
          <Text size="xs">{chanceWords(proposal.confidence)} sure</Text>
          {proposal.isUncertain ? (
            <Badge variant="light" color="orange">
              Reads in two ways
            </Badge>
          ) : null}
        </Group>
        <Text size="sm" fs="italic" style={{ overflowWrap: 'anywhere' }}>
          “{proposal.quote}”
        </Text>
        <Understood proposal={proposal} />
        {problem ? <Trouble problem={problem} /> : null}
        {proposal.decision ? (
          <Text size="sm">
            {proposal.decision === 'accepted' ? 'Done' : 'Put aside'} by {proposal.decidedBy}
          </Text>
        ) : isChanging ? (
          <ProposalChange proposal={proposal} onClose={() => setChanging(false)} />
        ) : (
          <Group gap="xs">
            <MayButton
              size="compact-sm"
              may={proposal.may.accept}
              operation={acceptProposal}
              loading={accept.isPending}
              onClick={() => accept.mutate({ params: { proposalId }, body: {} })}
            >
              {ACCEPT_WORDS[proposal.intent]}
            </MayButton>
            {isNext ? (
              <Kbd aria-hidden visibleFrom="sm">
                a
              </Kbd>
            ) : null}
            {proposal.may.accept === true && mayChange(proposal) ? (
              <Button size="compact-sm" variant="default" onClick={() => setChanging(true)}>
                Change
              </Button>
            ) : null}
            {proposal.may.reject === 'not_permitted' ? null : (
              <Button
                size="compact-sm"
                variant="default"
                loading={reject.isPending}
                onClick={() => reject.mutate({ params: { proposalId }, body: {} })}
              >
                Not meant
              </Button>
            )}
            {isNext ? (
              <Kbd aria-hidden visibleFrom="sm">
                n
              </Kbd>
            ) : null}
          </Group>
        )}
      </Stack>
    </Paper>
  );
}

/** The intents that are about what is owed. */
const ABOUT_ITEMS: ReadonlySet<string> = new Set(['promise', 'dispute', 'paid_already', 'copy_request']);
const ITEMS_SHOWN = 5;

function Understood({ proposal }: { readonly proposal: Proposal }) {
  const items = ABOUT_ITEMS.has(proposal.intent) ? proposal.items : [];
  return (
    <Stack gap={2}>
      {proposal.parts.map(({ on, amount }) => (
        <Text size="sm" key={`${on} ${amount?.amount}`}>
          {amount ? <Money value={amount} /> : null} {on ? dayWords(on) : null}
        </Text>
      ))}
      {proposal.address ? <Text size="sm">{proposal.address}</Text> : null}
      {items.length > 0 ? (
        <Text size="sm">
          About{' '}
          {items
            .slice(0, ITEMS_SHOWN)
            .map(({ reference }) => reference)
            .join(', ')}
          {items.length > ITEMS_SHOWN ? ` and ${items.length - ITEMS_SHOWN} more` : ''}
        </Text>
      ) : null}
    </Stack>
  );
}
