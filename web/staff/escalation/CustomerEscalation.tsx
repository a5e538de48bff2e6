// How far the accounts of a customer are, from reminder to court, and what has to be so before they go further.

import { Badge, Button, Group, Stack, Stepper, Table, Text } from '@mantine/core';
import { IconGavel, IconMinus } from '@tabler/icons-react';
import { useState } from 'react';
import { readEscalation } from '#escalation/contract.ts';
import { useRead } from '../../lib/data.ts';
import { dayWords, lateWords } from '../../lib/format.ts';
import { useIsNarrow } from '../../lib/narrow.ts';
import { Money } from '../../ui/Money.tsx';
import { Empty, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { Conditions } from './Conditions.tsx';
import { EvidencePacks } from './EvidencePacks.tsx';
import { type Account, PHASE_WORDS } from './escalation-words.ts';
import { HandOverDialog } from './HandOverDialog.tsx';

const PATH = ['reminder', 'demand', 'final_notice', 'legal'] as const;

export function CustomerEscalation({ customerId }: { readonly customerId: string }) {
  const read = useRead(readEscalation, { params: { customerId } });
  return (
    <Shown read={read}>
      {({ accounts, may }) =>
        accounts.length === 0 ? (
          <Panel>
            <Empty icon={<IconGavel size={36} stroke={1.4} />} title="Nothing is overdue">
              How far a claim is, and whether it is ripe for an agency or a court, is shown here once
              something is overdue.
            </Empty>
          </Panel>
        ) : (
          <Stack>
            {accounts.map((account) => (
              <AccountPanel
                key={`${account.company.id} ${account.currency}`}
                customerId={customerId}
                account={account}
                mayHandOver={may.handOver === true}
              />
            ))}
          </Stack>
        )
      }
    </Shown>
  );
}

type AccountProps = {
  readonly customerId: string;
  readonly account: Account;
  readonly mayHandOver: boolean;
};

function AccountPanel({ customerId, account, mayHandOver }: AccountProps) {
  const [handing, setHanding] = useState(false);
  const free = account.items.filter((item) => item.handOverId === null);
  const isNarrow = useIsNarrow();
  const at = PATH.findLastIndex((phase) =>
    phase === 'legal' ? ['agency', 'legal'].includes(account.phase) : phase === account.phase,
  );
  const heard = new Set(account.items.flatMap((item) => item.notices.map(({ phase }) => phase)));
  /** Passed over: the account is further, and nothing of it was sent. */
  const isSkipped = (index: number): boolean =>
    index <= at && PATH[index] !== 'legal' && !heard.has(PATH[index] ?? '');
  return (
    <Panel title={`${account.company.name}, ${account.currency}`}>
      <Stack>
        <Stepper
          active={at + 1}
          size="sm"
          orientation={isNarrow ? 'vertical' : 'horizontal'}
          allowNextStepsSelect={false}
        >
          {PATH.map((phase, index) => (
            <Stepper.Step
              key={phase}
              label={phase === 'legal' ? 'Agency or court' : PHASE_WORDS[phase]}
              {...(isSkipped(index)
                ? { color: 'gray', completedIcon: <IconMinus size={16} aria-hidden /> }
                : {})}
              description={
                isSkipped(index)
                  ? 'not sent'
                  : phase === 'legal' && account.ripeOn && at < 3
                    ? `waited for from ${dayWords(account.ripeOn)}`
                    : undefined
              }
            />
          ))}
        </Stepper>
        <Items account={account} />
        {free.length > 0 ? (
          <>
            <Text fw={600}>Before it is handed over</Text>
            <Conditions conditions={account.conditions} />
            {mayHandOver ? (
              <Group>
                <Button leftSection={<IconGavel size={16} aria-hidden />} onClick={() => setHanding(true)}>
                  Hand over
                </Button>
              </Group>
            ) : null}
          </>
        ) : null}
        <Text fw={600}>Evidence</Text>
        <EvidencePacks
          subject={{ customerId, companyId: account.company.id }}
          says="One archive for lawyers, an agency or a court: what is owed with its interest, what was sent and how it is proven, what happened, the invoices, and a list of it all with checksums. Each is kept for ten years as it was made."
        />
      </Stack>
      {handing ? (
        <HandOverDialog customerId={customerId} account={account} onClose={() => setHanding(false)} />
      ) : null}
    </Panel>
  );
}

function Items({ account }: { readonly account: Account }) {
  return (
    <Scroll minWidth={620} label="Overdue items">
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Document</Table.Th>
            <Table.Th>Late</Table.Th>
            <Table.Th>Heard</Table.Th>
            <Table.Th>Barred after</Table.Th>
            <Table.Th className="numeric">Open</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {account.items.map((item) => (
            <Table.Tr key={item.itemId}>
              <Table.Td>
                <TenantLink to={`invoices/${item.documentId}`}>{item.reference}</TenantLink>
              </Table.Td>
              <Table.Td>{lateWords(item.daysLate)}</Table.Td>
              <Table.Td>
                {item.handOverId ? (
                  <TenantLink to={`hand-overs/${item.handOverId}`}>{PHASE_WORDS[item.phase]}</TenantLink>
                ) : (
                  <Badge variant="light" color={item.phase === 'final_notice' ? 'orange' : 'gray'}>
                    {PHASE_WORDS[item.phase]}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td>{dayWords(item.barredAfter)}</Table.Td>
              <Table.Td className="numeric">
                <Money value={item.open} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Scroll>
  );
}
