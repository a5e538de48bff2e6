// The tie-out: each bank account with its days as a calendar, what is open or off, and the rules that say what lines are.

import { Badge, Button, Group, Stack, Text } from '@mantine/core';
import { IconCalendarCheck, IconListSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { listTieOut } from '#reconciliation/contract.ts';
import { useAddress, useGo } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Page, Panel, Shown } from '../../ui/Page.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { HeatMap, Legend } from './HeatMap.tsx';
import { RulesDrawer } from './RulesDrawer.tsx';
import { BADGE_COLORS, findingWords, isNothing, REASON_WORDS } from './tie-words.ts';

type Account = Reply<typeof listTieOut>['accounts'][number];

/** Days that want somebody, listed below the calendar; the rest is seen in it. */
const LISTED = 6;

export default function TieOutPage() {
  const [search] = useAddress();
  const [rules, setRules] = useState(false);
  const read = useRead(listTieOut, { query: search.to ? { to: search.to } : {} });
  return (
    <Page
      title="Tie-out"
      subtitle="Every day at the bank: balances that follow, lines that are something, and books that have exactly that."
      actions={
        <Button
          variant="default"
          leftSection={<IconListSearch size={16} aria-hidden />}
          onClick={() => setRules(true)}
        >
          Rules for bank lines
        </Button>
      }
    >
      <Shown read={read}>
        {({ accounts, from, to }) =>
          accounts.length === 0 ? (
            <Panel>
              <Empty
                icon={<IconCalendarCheck size={36} stroke={1.4} />}
                title="No bank account yet"
                action={<TenantLink to="bank">Go to the bank</TenantLink>}
              >
                Hand in a bank statement: its days stand here, each green once it ties.
              </Empty>
            </Panel>
          ) : (
            <Stack>
              {accounts.map((account) => (
                <AccountPanel key={account.bankAccountId} account={account} from={from} to={to} />
              ))}
            </Stack>
          )
        }
      </Shown>
      <RulesDrawer opened={rules} onClose={() => setRules(false)} />
    </Page>
  );
}

function AccountPanel({
  account,
  from,
  to,
}: {
  readonly account: Account;
  readonly from: string;
  readonly to: string;
}) {
  const go = useGo();
  const { counts, days, findings, bankAccountId } = account;
  const waiting = days.filter((day) => day.state !== 'tied' && day.signed === null).toReversed();
  const last = days.at(-1);
  return (
    <Panel
      title={account.name}
      actions={
        <Button
          size="compact-sm"
          variant="default"
          onClick={() => go(`bank-reconciliation/${bankAccountId}${last ? `?asOf=${last.day}` : ''}`)}
        >
          Reconciliation
        </Button>
      }
    >
      <Group justify="space-between" mb="sm" gap="xs">
        <Text size="sm" c="dimmed">
          {account.account.replace(/(.{4})(?=.)/g, '$1 ')}
          {last?.closing ? (
            <>
              {' · '}
              <Money value={last.closing} /> on {dayWords(last.day)}
            </>
          ) : null}
        </Text>
        <Group gap={6}>
          {(['off', 'open', 'tied'] as const)
            .filter((state) => counts[state] > 0)
            .map((state) => (
              <Badge key={state} color={BADGE_COLORS[state]} autoContrast>
                {counts[state]} {state}
              </Badge>
            ))}
        </Group>
      </Group>
      {days.length === 0 ? (
        <Text size="sm" c="dimmed">
          No statement of these weeks.
          {account.knownTo ? ` The last one ends on ${dayWords(account.knownTo)}.` : ''}
        </Text>
      ) : (
        <Stack gap="sm">
          <HeatMap from={from} to={to} days={days} onOpen={(day) => go(`tie-out/${bankAccountId}/${day}`)} />
          <Legend />
          {findings.map((finding) => (
            <Text key={`${finding.kind}${finding.statementId}`} size="sm">
              <TenantLink to={`bank/${finding.statementId}`}>{dayWords(finding.day)}</TenantLink>:{' '}
              {findingWords(finding)}
            </Text>
          ))}
          {waiting.slice(0, LISTED).map((day) => (
            <Group key={day.day} gap="xs" wrap="nowrap" align="flex-start">
              <Badge color={BADGE_COLORS[day.state]} autoContrast style={{ flex: 'none' }}>
                {day.state}
              </Badge>
              <Text size="sm" component="div">
                <TenantLink to={`tie-out/${bankAccountId}/${day.day}`}>{dayWords(day.day)}</TenantLink>
                {': '}
                {day.reasons.map((reason) => REASON_WORDS[reason]).join('. ')}
                <Off values={[day.carriedOff, day.closingOff, day.booksOff]} />
              </Text>
            </Group>
          ))}
          {waiting.length > LISTED ? (
            <Text size="xs" c="dimmed">
              and {waiting.length - LISTED} more days that are not tied
            </Text>
          ) : null}
        </Stack>
      )}
    </Panel>
  );
}

function Off({
  values,
}: {
  readonly values: readonly { readonly amount: string; readonly currency: string }[];
}) {
  const [first, ...more] = values.filter((value) => !isNothing(value.amount));
  if (first === undefined) return null;
  return (
    <Text span fw={650} c="red">
      {' – off by '}
      <Money value={first} />
      {more.length > 0 ? ' and more' : ''}
    </Text>
  );
}
