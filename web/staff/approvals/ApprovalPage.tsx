// One request: what exactly is asked, by whom and why, who decided and who is waited for, and what became of it.

import { Alert, Button, Grid, Group, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconArrowBackUp, IconCheck, IconX } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { decideApproval, readApproval, withdrawApproval } from '#approvals/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { momentWords } from '../../lib/format.ts';
import { type Shortcut, useShortcuts } from '../../lib/shortcuts.ts';
import { Figure } from '../../ui/Figure.tsx';
import { ConfirmButton } from '../../ui/FormTools.tsx';
import { History, type HistoryEntry } from '../../ui/History.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { Parts, RequestFields } from './Asked.tsx';
import { DecideDialog, type Verdict } from './DecideDialog.tsx';
import { type Stair, Staircase } from './Staircase.tsx';

type Request = Reply<typeof readApproval>;

export default function ApprovalPage() {
  const approvalId = usePathPart('approvalId');
  const read = useRead(readApproval, { params: { approvalId } }, { refreshMs: REFRESH_MS });
  return (
    <Shown read={read}>{(request) => <RequestShown key={request.approvalId} request={request} />}</Shown>
  );
}

/** Somebody else may decide or change it while one looks. */
const REFRESH_MS = 20_000;

function RequestShown({ request }: { readonly request: Request }) {
  const [seen, setSeen] = useState(request.contentHash);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const isChanged = seen !== request.contentHash;
  const mayDecide = isChanged ? 'approval_content_changed' : request.may.decide;
  const shortcuts = useMemo<readonly Shortcut[]>(() => {
    const decide = (said: Verdict) => () => mayDecide === true && setVerdict(said);
    return [
      { keys: 'a', does: 'Approve', run: decide('approved') },
      { keys: 'r', does: 'Reject', run: decide('rejected') },
    ];
  }, [mayDecide]);
  useShortcuts(shortcuts);
  const waits = request.state === 'requested';
  return (
    <Page
      title={request.title}
      subtitle={
        <Group gap="xs">
          <StateBadge state={request.state} />
          {request.customerId === null ? null : (
            <TenantLink to={`customers/${request.customerId}`}>
              {request.customerName ?? 'Customer'}
            </TenantLink>
          )}
          <DocumentLink request={request} />
        </Group>
      }
      actions={
        <>
          {request.may.change === true ? <Withdraw approvalId={request.approvalId} /> : null}
          {waits ? (
            <>
              <MayButton
                may={mayDecide}
                operation={decideApproval}
                variant="default"
                leftSection={<IconX size={16} aria-hidden />}
                onClick={() => setVerdict('rejected')}
              >
                Reject
              </MayButton>
              <MayButton
                may={mayDecide}
                operation={decideApproval}
                leftSection={<IconCheck size={16} aria-hidden />}
                onClick={() => setVerdict('approved')}
              >
                Approve
              </MayButton>
            </>
          ) : null}
        </>
      }
    >
      {isChanged ? <ChangedMeanwhile onSeen={() => setSeen(request.contentHash)} /> : null}
      {request.failure ? (
        <Alert
          color="red"
          icon={<IconAlertTriangle aria-hidden />}
          title="It was approved, but could not be done"
        >
          {request.failure.says} Nothing was changed; ask again if it is still wanted.
        </Alert>
      ) : null}
      <SimpleGrid cols={{ base: 2, md: 2 + request.amounts.length }}>
        {request.amounts.map((amount) => (
          <Figure key={amount.currency} label="Amount">
            <Money value={amount} />
          </Figure>
        ))}
        <Figure label="Asked by" note={momentWords(request.requestedAt)}>
          {request.requestedBy.name}
        </Figure>
        <Figure
          label={waits ? 'Waits until' : 'Ended'}
          note={request.version > 1 ? `version ${request.version}` : undefined}
        >
          {momentWords(request.endedAt ?? request.expiresAt)}
        </Figure>
      </SimpleGrid>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack>
            <Panel title="Who decides">
              <Staircase order={request.order} steps={stairsOf(request)} />
            </Panel>
            <Panel title="What happened">
              <History entries={happened(request)} />
            </Panel>
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack>
            <Panel title="Why it is asked">
              <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
                {request.reason}
              </Text>
            </Panel>
            <Panel title="What exactly">
              <Stack gap="sm">
                <Parts parts={request.parts} amounts={request.amounts} />
                <RequestFields body={request.request.body} />
                <Text size="xs" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                  What is approved is exactly this, bound by its SHA-256 {request.contentHash.slice(0, 16)}…
                </Text>
              </Stack>
            </Panel>
          </Stack>
        </Grid.Col>
      </Grid>
      {verdict ? (
        <DecideDialog
          request={{ ...request, contentHash: seen }}
          verdict={verdict}
          onClose={() => setVerdict(null)}
        />
      ) : null}
    </Page>
  );
}

function ChangedMeanwhile({ onSeen }: { onSeen(): void }) {
  return (
    <Alert
      role="alert"
      color="yellow"
      icon={<IconAlertTriangle aria-hidden />}
      title="Changed while you looked"
    >
      <Text size="sm" mb="xs">
        Who asked has changed the request; below stands what it asks for now. Approvals given before count no
        more.
      </Text>
      <Button size="xs" variant="default" onClick={onSeen}>
        I have looked at it again
      </Button>
    </Alert>
  );
}

function Withdraw({ approvalId }: { readonly approvalId: string }) {
  const withdraw = useCommand(withdrawApproval);
  return (
    <ConfirmButton
      label="Take it back"
      size="sm"
      leftSection={<IconArrowBackUp size={16} aria-hidden />}
      title="Take this request back?"
      says="Nobody is asked any more, and nothing is done. You can ask anew."
      confirmLabel="Take it back"
      act={() => withdraw.mutateAsync({ params: { approvalId } })}
    />
  );
}

/** Where the request is about one invoice: the way there. */
function DocumentLink({ request }: { readonly request: Request }) {
  const { invoiceId } = request.request.params;
  if (typeof invoiceId !== 'string') return null;
  return <TenantLink to={`invoices/${invoiceId}`}>{request.parts[0]?.label ?? 'Invoice'}</TenantLink>;
}

function stairsOf(request: Request): readonly Stair[] {
  const standing = request.decisions.filter((decision) => decision.version === request.version);
  return request.steps.map((step, index) => {
    const decisions = standing.filter((decision) => decision.step === index + 1);
    const isRejected = decisions.some((decision) => decision.verdict === 'rejected');
    const state = isRejected
      ? 'rejected'
      : step.approved >= step.people
        ? 'done'
        : request.state !== 'requested'
          ? 'unused'
          : step.isOpen
            ? 'open'
            : 'later';
    return { ...step, decisions, state };
  });
}

const ENDS: Readonly<Partial<Record<Request['state'], string>>> = {
  carried_out: 'Carried out',
  withdrawn: 'Taken back',
  failed: 'Could not be done',
  expired: 'Lapsed: nobody decided in time',
};

function happened(request: Request): readonly HistoryEntry[] {
  const asked = request.versions.map((version) => ({
    at: version.recordedAt,
    entry: {
      key: `v${version.version}`,
      title:
        version.version === 1
          ? `${request.requestedBy.name} asked`
          : `${request.requestedBy.name} changed it; it is decided anew`,
      when: momentWords(version.recordedAt),
      children:
        request.versions.length > 1 ? (
          <Text size="sm">
            {version.amounts.map((amount) => (
              <Money key={amount.currency} value={amount} />
            ))}{' '}
            · {version.reason}
          </Text>
        ) : undefined,
    },
  }));
  const decided = request.decisions.map((decision) => ({
    at: decision.recordedAt,
    entry: {
      key: decision.by + decision.recordedAt,
      title: `${decision.by} ${decision.verdict}${decision.version === request.version ? '' : ' an earlier version'}`,
      when: momentWords(decision.recordedAt),
      children: decision.note ? <Text size="sm">“{decision.note}”</Text> : undefined,
    },
  }));
  const end = ENDS[request.state];
  const at = request.endedAt ?? request.expiresAt;
  const ended = end === undefined ? [] : [{ at, entry: { key: 'end', title: end, when: momentWords(at) } }];
  // Of one moment, the end comes last.
  return [...asked, ...decided, ...ended]
    .sort((a, b) => a.at.localeCompare(b.at))
    .reverse()
    .map(({ entry }) => entry);
}
