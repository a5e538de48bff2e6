// How customers write numbers of documents: what could be learnt, each tried on the past before it is accepted, and what was.

import { Badge, Button, Group, Modal, Stack, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import {
  acceptPattern,
  listPatternProposals,
  listPatterns,
  revokePattern,
  tryPattern,
} from '#patterns/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { dayWords } from '../../lib/format.ts';
import { Empty, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { AcceptedOf, AcceptedSign, AcceptedTable } from './AcceptedTable.tsx';
import { type Form, formKey, formWords, tallyWords } from './pattern-words.ts';

type Trial = Reply<typeof tryPattern>['rows'][number];
type Tried = { readonly form: Form; readonly customer: { readonly id: string; readonly name: string } };

const VERDICT_WORDS = { right: 'right', wrong: 'wrong', tied: 'in doubt' } as const;
const VERDICT_COLOURS = { right: 'teal', wrong: 'red', tied: 'yellow' } as const;

/** What could be learnt of how customers write, and the past of each. */
export function PatternProposals() {
  const read = useRead(listPatternProposals);
  const accept = useCommand(acceptPattern);
  const [tried, setTried] = useState<Tried>();
  return (
    <Panel title="Numbers written in other ways">
      {accept.error ? <Trouble problem={accept.error} /> : null}
      <Shown read={read}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title="No other ways seen just now">
              When people apply receipts whose text has parts of our numbers, other letters or purchase
              orders, it is proposed here.
            </Empty>
          ) : (
            <ul className="plain-list" aria-label="Numbers written in other ways">
              {rows.map((one) => (
                <li key={`${one.customer.id} ${formKey(one.form)}`} className="learnt-row">
                  <div style={{ flex: '1 1 220px', minWidth: 0 }}>
                    <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                      {one.customer.name} writes {formWords(one.form)}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {one.from ? `As ${one.from.name} above it. ` : ''}On past receipts {tallyWords(one)}
                    </Text>
                  </div>
                  <Group gap="xs">
                    <Button
                      size="xs"
                      variant="subtle"
                      aria-label={`See the past of ${formWords(one.form)} for ${one.customer.name}`}
                      onClick={() => setTried(one)}
                    >
                      See the past
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      aria-label={`Accept ${formWords(one.form)} for ${one.customer.name}`}
                      loading={accept.isPending}
                      onClick={() =>
                        accept.mutate(
                          { body: { customerId: one.customer.id, form: one.form } },
                          {
                            onSuccess: () =>
                              notifications.show({ message: `Learnt of ${one.customer.name}` }),
                          },
                        )
                      }
                    >
                      Accept
                    </Button>
                  </Group>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
      <Past tried={tried} onClose={() => setTried(undefined)} />
    </Panel>
  );
}

/** What a way of writing would have made of the latest receipts, number by number. */
function Past({ tried, onClose }: { readonly tried: Tried | undefined; onClose(): void }) {
  return (
    <Modal
      opened={tried !== undefined}
      onClose={onClose}
      title={tried ? `${tried.customer.name}: ${formWords(tried.form)}` : ''}
      size="xl"
    >
      {tried ? <Trials tried={tried} /> : null}
    </Modal>
  );
}

function Trials({ tried }: { readonly tried: Tried }) {
  const read = useRead(tryPattern, { params: { customerId: tried.customer.id }, body: { form: tried.form } });
  return (
    <Shown read={read}>
      {(past) => (
        <Stack gap="sm">
          <Text size="sm">
            On past receipts {tallyWords(past)}. Each number that was written counts once; in doubt are those
            that fitted more than what was paid.
          </Text>
          <Scroll minWidth={520} label="Past receipts">
            <Table>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Receipt</Table.Th>
                  <Table.Th>Written</Table.Th>
                  <Table.Th>Would have named</Table.Th>
                  <Table.Th>Paid</Table.Th>
                  <Table.Th>Verdict</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {past.rows.map((row) => (
                  <TrialRow key={`${row.paymentId} ${row.written}`} row={row} />
                ))}
              </Table.Tbody>
            </Table>
          </Scroll>
        </Stack>
      )}
    </Shown>
  );
}

function TrialRow({ row }: { readonly row: Trial }) {
  return (
    <Table.Tr>
      <Table.Td>
        <TenantLink to={`payments/${row.paymentId}`}>{row.number}</TenantLink>
        <Text size="xs" c="dimmed">
          {dayWords(row.receivedOn)}
        </Text>
      </Table.Td>
      <Table.Td>{row.written}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.meant.join(', ')}</Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{row.paid.join(', ')}</Table.Td>
      <Table.Td>
        <Badge color={VERDICT_COLOURS[row.verdict]} variant="light">
          {VERDICT_WORDS[row.verdict]}
        </Badge>
      </Table.Td>
    </Table.Tr>
  );
}

/** Ways of writing that people accepted; those taken back stay in the list. */
export function AcceptedPatterns() {
  const pages = usePages(listPatterns);
  const revoke = useCommand(revokePattern);
  const rows = rowsOf(pages.data);
  if (rows.length === 0) return null;
  return (
    <Panel title="Learnt of numbers">
      {revoke.error ? <Trouble problem={revoke.error} /> : null}
      <AcceptedTable
        label="Learnt of numbers"
        heads={['Customer', 'Writes']}
        rows={rows}
        keyOf={(one) => one.patternId}
        cells={(one) => [
          <AcceptedOf key="of" row={one} />,
          <AcceptedSign key="sign" row={one} words={formWords(one.form)} note={tallyWords(one)} />,
        ]}
        revokeWords={(one) => `Revoke ${formWords(one.form)} of ${one.customer.name}`}
        pending={revoke.isPending}
        onRevoke={(one) => revoke.mutate({ params: { patternId: one.patternId } })}
      />
      <ShowMore pages={pages} variant="subtle" size="xs" />
    </Panel>
  );
}
