// What was learnt of payers, and what could be: each with how often it would have been right on past receipts.

import { Button, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { acceptAlias, listAliases, listAliasProposals, revokeAlias } from '#paying/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { rowsOf, useCommand, usePages, useRead } from '../../lib/data.ts';
import { countText } from '../../lib/format.ts';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { Empty, Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { ShowMore } from '../../ui/ShowMore.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { AcceptedOf, AcceptedSign, AcceptedTable } from './AcceptedTable.tsx';
import { AcceptedPatterns, PatternProposals } from './Patterns.tsx';

type Proposal = Reply<typeof listAliasProposals>['rows'][number];

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
      subtitle="Who pays for whom, and how customers write our numbers. Receipts are matched by what people accept here."
      actions={<TenantLink to="workbench">Workbench</TenantLink>}
    >
      <Proposals />
      <PatternProposals />
      <Accepted />
      <AcceptedPatterns />
    </Page>
  );
}

/** How often it would have been right. */
export function rightWords({ right, asked }: Pick<Proposal, 'right' | 'asked'>): string {
  return `right on ${right} of ${asked} past ${asked === 1 ? 'receipt' : 'receipts'}`;
}

/** Past receipts on which a sign was right each time, for it to be accepted with others. */
const OFTEN_ENOUGH = 5;

type Accepting = { readonly body?: { readonly written: string; readonly customerId: string } } | undefined;

function isOf(accepting: Accepting, { written, customer }: Proposal): boolean {
  return accepting?.body?.written === written && accepting.body.customerId === customer.id;
}

function Proposals() {
  const read = useRead(listAliasProposals);
  const accept = useCommand(acceptAlias);
  // The lists are read again once, after the last of them.
  const acceptMany = useCommand(acceptAlias, { touched: () => [] });
  const problem = accept.error ?? acceptMany.error;
  const bodyOf = ({ kind, written, customer }: Proposal) => ({ kind, written, customerId: customer.id });
  const sure = (read.data?.rows ?? []).filter(({ right, asked }) => right === asked && asked >= OFTEN_ENOUGH);
  const acceptAll = async (): Promise<void> => {
    for (const one of sure) await acceptMany.mutateAsync({ body: bodyOf(one) });
    notifications.show({ message: `Learnt: ${countText(sure.length)}` });
  };
  return (
    <Panel
      title="Could be learnt"
      actions={
        sure.length > 1 ? (
          <ConfirmButton
            label={`Accept ${countText(sure.length)} that were always right`}
            title={`Accept ${countText(sure.length)} at once?`}
            says={`Each would have been right on all of ${OFTEN_ENOUGH} past receipts or more. Each can be revoked by itself.`}
            confirmLabel="Accept them"
            isHarmless
            act={acceptAll}
          />
        ) : null
      }
    >
      {problem ? <Trouble problem={problem} /> : null}
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
                    loading={accept.isPending && isOf(accept.variables, one)}
                    onClick={() =>
                      accept.mutate(
                        { body: bodyOf(one) },
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
        <AcceptedTable
          label="Learnt"
          heads={['Payer', 'Customer']}
          rows={rows}
          keyOf={(one) => one.aliasId}
          cells={(one) => [
            <AcceptedSign key="sign" row={one} words={one.written} note={rightWords(one)} />,
            <AcceptedOf key="of" row={one} />,
          ]}
          revokeWords={(one) => `Revoke ${one.written}`}
          pending={revoke.isPending}
          onRevoke={(one) => revoke.mutate({ params: { aliasId: one.aliasId } })}
        />
      )}
      <ShowMore pages={pages} variant="subtle" size="xs" />
    </Panel>
  );
}
