// What was learnt of payers, and what could be: each with how often it would have been right on past receipts.

import { Badge, Button, Table, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { acceptAlias, listAliases, listAliasProposals, revokeAlias } from '#paying/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { dayWords, momentWords } from '../../lib/format.ts';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';

type Proposal = Reply<typeof listAliasProposals>['rows'][number];
type Learnt = Reply<typeof listAliases>['rows'][number];

/** What a sign is. */
const KIND_WORDS = {
  name: 'Name of a payer',
  account: 'Account of a payer',
  word: 'Word in what is written',
} as const;

export default function LearntPage() {
  return (
    <Page
      title="What was learnt"
      subtitle="Names and accounts from which somebody pays for a customer. Receipts are matched by what people accept here."
      actions={<TenantLink to="workbench">Workbench</TenantLink>}
    >
      <Proposals />
      <Accepted />
    </Page>
  );
}

/** How often it would have been right. */
export function rightWords({ right, asked }: Pick<Proposal, 'right' | 'asked'>): string {
  return `right on ${right} of ${asked} past ${asked === 1 ? 'receipt' : 'receipts'}`;
}

function Proposals() {
  const read = useRead(listAliasProposals);
  const accept = useCommand(acceptAlias);
  return (
    <Panel title="Could be learnt">
      {accept.error ? <Trouble problem={accept.error} /> : null}
      <Shown read={read}>
        {({ rows }) =>
          rows.length === 0 ? (
            <Empty title="Nothing to learn just now">
              When people say whose money it is, what they said is proposed here.
            </Empty>
          ) : (
            <ul className="plain-list" aria-label="Could be learnt">
              {rows.map((one) => (
                <li key={`${one.kind} ${one.written} ${one.customer.id}`} className="learnt-row">
                  <div style={{ flex: '1 1 220px', minWidth: 0 }}>
                    <Text size="sm" fw={550} style={{ overflowWrap: 'anywhere' }}>
                      {one.written}
                    </Text>
                    <Text size="xs" c="dimmed">
                      {KIND_WORDS[one.kind]} for {one.customer.name}, {rightWords(one)}
                    </Text>
                  </div>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Accept ${one.written} for ${one.customer.name}`}
                    loading={accept.isPending}
                    onClick={() =>
                      accept.mutate(
                        { body: { kind: one.kind, written: one.written, customerId: one.customer.id } },
                        { onSuccess: () => notifications.show({ message: `Learnt: ${one.written}` }) },
                      )
                    }
                  >
                    Accept
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Shown>
    </Panel>
  );
}

function Accepted() {
  const pages = usePages(listAliases);
  const revoke = useCommand(revokeAlias);
  const rows = rowsOf(pages.data);
  return (
    <Panel title="Learnt">
      {revoke.error ? <Trouble problem={revoke.error} /> : null}
      {rows.length === 0 ? (
        <Text size="sm" c="dimmed">
          Nothing yet.
        </Text>
      ) : (
        <Scroll minWidth={620} label="Learnt">
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>Payer</Table.Th>
                <Table.Th>Customer</Table.Th>
                <Table.Th>When accepted</Table.Th>
                <Table.Th>By</Table.Th>
                <Table.Th aria-label="Revoke" />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((one) => (
                <AcceptedRow
                  key={one.aliasId}
                  one={one}
                  pending={revoke.isPending}
                  onRevoke={() => revoke.mutate({ params: { aliasId: one.aliasId } })}
                />
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      )}
      {pages.hasNextPage ? (
        <Button variant="subtle" size="xs" onClick={() => void pages.fetchNextPage()}>
          More
        </Button>
      ) : null}
    </Panel>
  );
}

function AcceptedRow({
  one,
  pending,
  onRevoke,
}: {
  readonly one: Learnt;
  readonly pending: boolean;
  onRevoke(): void;
}) {
  return (
    <Table.Tr>
      <Table.Td>
        {one.paymentId ? (
          <TenantLink to={`payments/${one.paymentId}`}>{one.written}</TenantLink>
        ) : (
          one.written
        )}
        <Text size="xs" c="dimmed">
          {rightWords(one)}
        </Text>
      </Table.Td>
      <Table.Td>
        <TenantLink to={`customers/${one.customer.id}`}>{one.customer.name}</TenantLink>
      </Table.Td>
      <Table.Td>
        {momentWords(one.acceptedAt)}
        {one.untilOn ? (
          <Text size="xs" c="dimmed">
            until {dayWords(one.untilOn)}
          </Text>
        ) : null}
      </Table.Td>
      <Table.Td>{one.acceptedBy}</Table.Td>
      <Table.Td className="numeric">
        {one.revokedAt ? (
          <Badge color="gray">revoked {momentWords(one.revokedAt)}</Badge>
        ) : (
          <Button
            size="compact-xs"
            variant="subtle"
            color="red"
            aria-label={`Revoke ${one.written}`}
            loading={pending}
            onClick={onRevoke}
          >
            Revoke
          </Button>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
