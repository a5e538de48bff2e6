// Why a machine applied a receipt: in one line, and in full on asking.

import { Badge, Collapse, Group, Progress, Stack, Table, Text, UnstyledButton } from '@mantine/core';
import { IconCertificate, IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { Facts, type NamedFact } from '../../ui/Facts.tsx';
import { Panel } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { chanceWords, HABIT_WORDS, RULE_WORDS } from '../paying/matching-words.ts';
import type { Payment } from './PaymentPage.tsx';

type Certified = NonNullable<Payment['certificate']>;

/** What the engine keeps of a weighing; rules that do not weigh keep less. */
type Kept = {
  readonly engine?: number;
  readonly proof?: string;
  readonly applyFrom?: number;
  readonly openDocuments?: number;
  readonly payers?: number;
  readonly paymentsLearntFrom?: number;
  /** Words in the text that stand for a customer, as people accepted them. */
  readonly payerWords?: readonly { readonly written: string }[];
  /** Numbers read as their customer is known to write them. */
  readonly patterns?: readonly { readonly written: string; readonly documents: readonly string[] }[];
  readonly sums?: number;
  readonly nearSums?: number;
  readonly unseen?: number;
  readonly disturbed?: number;
  readonly elsewhere?: number;
  readonly documents?: readonly string[];
  readonly choices?: readonly Choice[];
  /** Who paid for several of a group, for whom, and who leads them. */
  readonly paidBy?: string;
  readonly ledBy?: string;
  readonly paidFor?: readonly string[];
  /** Credit notes that settled a part beside the money. */
  readonly creditsNetted?: readonly {
    readonly credit: string;
    readonly of: string;
    readonly amount: string;
  }[];
};
type Choice = {
  readonly documents: readonly string[];
  readonly size: number;
  readonly probability: number;
  readonly habit: string;
  readonly over: number;
};

export function Certificate({ certified }: { readonly certified: Certified }) {
  const [opened, setOpened] = useState(false);
  const kept = certified.certificate as Kept;
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <Panel title="Applied without a person">
      <UnstyledButton aria-expanded={opened} onClick={() => setOpened(!opened)} w="100%">
        <Group gap="sm" wrap="nowrap" align="flex-start">
          <IconCertificate size={20} aria-hidden style={{ flex: 'none' }} />
          <Text size="sm" style={{ flex: 1 }}>
            {RULE_WORDS[certified.rule] ?? certified.rule.replaceAll('_', ' ')}.
          </Text>
          {certified.probability === null ? null : (
            <Badge color="teal" style={{ flex: 'none' }}>
              {chanceWords(Number(certified.probability))}
            </Badge>
          )}
          <Chevron
            size={18}
            role="img"
            aria-label={opened ? 'Show less' : 'Show all'}
            style={{ flex: 'none' }}
          />
        </Group>
      </UnstyledButton>
      <Collapse expanded={opened}>
        <Stack mt="sm">
          {kept.choices && kept.choices.length > 0 ? <Choices choices={kept.choices} /> : null}
          {(kept.creditsNetted ?? []).map(({ credit, of, amount }) => (
            <Text key={`${credit} ${of}`} size="sm">
              {credit} took {amount} off {of}
            </Text>
          ))}
          <Facts facts={factsOf(kept)} />
        </Stack>
      </Collapse>
    </Panel>
  );
}

function patternWords({ written, documents }: NonNullable<Kept['patterns']>[number]): string {
  return `${written} for ${documents.join(' or ')}`;
}

function Choices({ choices }: { readonly choices: readonly Choice[] }) {
  return (
    <Scroll minWidth={420} label="What would fit the amount">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>What would fit</Table.Th>
            <Table.Th>As if paying</Table.Th>
            <Table.Th w={150}>How probable</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {choices.map((choice, index) => (
            <Table.Tr key={`${choice.documents.join()} ${choice.over}`}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>
                <Text size="sm" fw={index === 0 ? 600 : 400}>
                  {choice.documents.join(', ')}
                  {choice.size > choice.documents.length
                    ? ` and ${choice.size - choice.documents.length} more`
                    : ''}
                </Text>
                {choice.over === 0 ? null : (
                  <Text size="xs" c="dimmed">
                    off by {Math.abs(choice.over)} of the smallest unit
                  </Text>
                )}
              </Table.Td>
              <Table.Td>
                <Text size="sm">{HABIT_WORDS[choice.habit] ?? choice.habit}</Text>
              </Table.Td>
              <Table.Td>
                <Text size="xs">{chanceWords(choice.probability)}</Text>
                <Progress
                  value={choice.probability * 100}
                  color={index === 0 ? 'teal' : 'gray'}
                  size="sm"
                  aria-label={`Probability of ${choice.documents[0] ?? 'this'}`}
                />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}

const PROOFS: Readonly<Record<string, string>> = {
  all_sums_known: 'All sums of open items were searched; those above are all that come to the amount.',
  sums_near_habits_known:
    'There are too many sums to know them all; those near the customer’s habits were searched.',
  documents_named: 'The text names these documents, and their open amounts come to the cent.',
  method_of_the_customer: 'The customer’s own method; nothing else fitted.',
};

function factsOf(kept: Kept): readonly NamedFact[] {
  const chance = (value: number | undefined): string | null =>
    value === undefined ? null : chanceWords(value);
  return [
    ['Proof', PROOFS[kept.proof ?? ''] ?? null],
    ['Documents', kept.documents?.join(', ') ?? null],
    ['Paid for', kept.paidFor?.join(', ') ?? null],
    ['Paid by', kept.paidBy ? `${kept.paidBy}, of the group of ${kept.ledBy}` : null],
    ['Open items weighed', kept.openDocuments?.toString() ?? null],
    ['Sums that fit', kept.sums?.toString() ?? null],
    ['Payers considered', kept.payers?.toString() ?? null],
    ['Known by a word', kept.payerWords?.map((one) => one.written).join(', ') ?? null],
    ['Written their way', kept.patterns?.map(patternWords).join(', ') ?? null],
    ['Payments learnt from', kept.paymentsLearntFrom?.toString() ?? null],
    ['A sum nobody looked at', chance(kept.unseen)],
    ['Short or over', chance(kept.disturbed)],
    ['Somebody else’s', kept.elsewhere === 0 ? null : chance(kept.elsewhere)],
    ['Applied from', kept.applyFrom === undefined ? null : `${kept.applyFrom} %`],
    ['Engine', kept.engine === undefined ? null : `version ${kept.engine}`],
  ];
}
