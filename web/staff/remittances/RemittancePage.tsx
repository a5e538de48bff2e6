// One remittance: the lines that were read beside their source, how they stand against the books, and the receipt.

import { Alert, Button, Grid, Group, Stack, Text } from '@mantine/core';
import { IconChecks, IconDownload, IconLinkOff, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { applyRemittance } from '#payments/contract.ts';
import {
  getRemittance,
  getRemittanceClaims,
  getRemittanceFile,
  joinRemittance,
  partRemittance,
} from '#remittances/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { saveFile } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { useTenant } from '../../lib/tenant.ts';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { StateBadge } from '../../ui/StateBadge.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { MendDialog } from './MendDialog.tsx';
import { RemittanceLines } from './RemittanceLines.tsx';
import { Source } from './Source.tsx';

type Remittance = Reply<typeof getRemittance>;
type Claims = Reply<typeof getRemittanceClaims>;

/** What stands in the way of applying a remittance as it says. */
const OBSTACLES: Readonly<Record<string, string>> = {
  claims_not_all_found: 'Not every line means one open document that takes the amount. The lines say which.',
  claims_of_several_customers: 'The lines name documents of several customers.',
  claims_of_other_customer: 'The documents belong to another customer than the receipt.',
  claims_differ_from_total: 'The lines do not make the payment that the remittance states.',
  claims_differ_from_receipt: 'The lines do not make what is left of the receipt.',
};

const JOINED_BY: Readonly<Record<string, string>> = {
  person: 'joined by a person',
  payment_reference: 'joined by the payment reference',
  payer_amount_date: 'joined by payer, amount and day',
  bank_line: 'told by the bank with the receipt',
};

export default function RemittancePage() {
  const remittanceId = usePathPart('remittanceId');
  const read = useRead(getRemittance, { params: { remittanceId } });
  const claims = useRead(getRemittanceClaims, { params: { remittanceId } });
  return (
    <Shown read={read}>
      {(remittance) => (
        <Shown read={claims}>{(found) => <RemittanceShown remittance={remittance} claims={found} />}</Shown>
      )}
    </Shown>
  );
}

function RemittanceShown({
  remittance,
  claims,
}: {
  readonly remittance: Remittance;
  readonly claims: Claims;
}) {
  const [position, setPosition] = useState<number | null>(null);
  const [mending, setMending] = useState(false);
  const apply = useCommand(applyRemittance);
  const tenant = useTenant();
  const params = { remittanceId: remittance.remittanceId };
  const chosen = remittance.lines.find((line) => line.position === position);
  return (
    <Page
      title={titleOf(remittance)}
      subtitle={
        <Group gap="xs">
          <StateBadge state={remittance.standing} />
          {remittance.customer ? (
            <TenantLink to={`customers/${remittance.customer.id}`}>{remittance.customer.name}</TenantLink>
          ) : (
            <span>{remittance.payerName ?? 'payer not named'}</span>
          )}
          <span>came in {dayWords(remittance.receivedOn)}</span>
          {remittance.paidOn ? <span>paid on {dayWords(remittance.paidOn)}</span> : null}
          {remittance.paymentReference ? <span>reference {remittance.paymentReference}</span> : null}
        </Group>
      }
      actions={
        <>
          <Button
            variant="default"
            leftSection={<IconPencil size={16} aria-hidden />}
            onClick={() => setMending(true)}
          >
            Mend the lines
          </Button>
          {remittance.hasFile ? (
            <Button
              variant="default"
              leftSection={<IconDownload size={16} aria-hidden />}
              onClick={() => void saveFile(getRemittanceFile, { params }, tenant)}
            >
              Save the file
            </Button>
          ) : null}
          <MayButton
            may={claims.may.apply}
            operation={applyRemittance}
            leftSection={<IconChecks size={16} aria-hidden />}
            loading={apply.isPending}
            onClick={() => apply.mutate({ params, body: {} })}
          >
            Apply as it says
          </MayButton>
        </>
      }
    >
      {apply.error ? <Trouble problem={apply.error} /> : null}
      {claims.obstacle ? (
        <Alert color="orange" title="It is not applied by itself">
          {OBSTACLES[claims.obstacle] ?? claims.obstacle}
        </Alert>
      ) : null}
      <Grid>
        <Grid.Col span={{ base: 12, lg: remittance.source ? 7 : 12 }}>
          <Stack>
            <Lines remittance={remittance} claims={claims} position={position} onChoose={setPosition} />
            <Receipt remittance={remittance} claims={claims} />
          </Stack>
        </Grid.Col>
        {remittance.source ? (
          <Grid.Col span={{ base: 12, lg: 5 }}>
            <Source source={remittance.source} places={chosen?.places ?? {}} />
          </Grid.Col>
        ) : null}
      </Grid>
      {mending ? <MendDialog remittance={remittance} onClose={() => setMending(false)} /> : null}
    </Page>
  );
}

/** What came with a receipt is known by who paid; the file it stood in holds many others. */
function titleOf({ origin, payerName, fileName }: Remittance): string {
  if (origin === 'bank') return `Payment of ${payerName ?? 'an unnamed payer'}`;
  return fileName ?? 'Remittance typed in';
}

type LinesProps = {
  readonly remittance: Remittance;
  readonly claims: Claims;
  readonly position: number | null;
  onChoose(position: number): void;
};

const isZero = (value: { readonly amount: string }): boolean => Number(value.amount) === 0;

function Lines({ remittance, claims, position, onChoose }: LinesProps) {
  const claimOf = new Map(claims.claims.map((claim) => [claim.position, claim]));
  return (
    <Panel title="What it says is paid">
      <RemittanceLines
        lines={remittance.lines}
        claimOf={claimOf}
        position={position}
        onChoose={remittance.source ? onChoose : undefined}
      />
      <Group justify="space-between" mt="sm">
        <Text size="sm" component="div">
          {remittance.totalStated ? 'Payment as stated' : 'Sum of the lines'}{' '}
          <Money value={remittance.total} />
        </Text>
        {isZero(remittance.difference) ? (
          <Text size="sm" c="dimmed">
            {remittance.totalStated ? 'The lines make exactly that.' : 'It states no total.'}
          </Text>
        ) : (
          <Text size="sm" fw={600} c="red" component="div">
            The lines miss it by <Money value={remittance.difference} />
          </Text>
        )}
      </Group>
    </Panel>
  );
}

function Receipt({ remittance, claims }: { readonly remittance: Remittance; readonly claims: Claims }) {
  const join = useCommand(joinRemittance);
  const part = useCommand(partRemittance);
  const params = { remittanceId: remittance.remittanceId };
  const { receipt } = claims;
  const problem = join.error ?? part.error;
  return (
    <Panel
      title="The receipt"
      actions={
        receipt ? (
          <MayButton
            may={claims.may.part}
            operation={partRemittance}
            size="xs"
            variant="default"
            leftSection={<IconLinkOff size={14} aria-hidden />}
            loading={part.isPending}
            onClick={() => part.mutate({ params, body: {} })}
          >
            Part them
          </MayButton>
        ) : null
      }
    >
      <Stack gap="xs">
        {problem ? <Trouble problem={problem} /> : null}
        {receipt ? (
          <Group justify="space-between">
            <div>
              <TenantLink to={`payments/${receipt.paymentId}`}>{receipt.number}</TenantLink>
              <Text size="sm" c="dimmed">
                {receipt.payerName ? `${receipt.payerName} · ` : ''}
                {dayWords(receipt.receivedOn)}
                {remittance.joinRule ? ` · ${JOINED_BY[remittance.joinRule]}` : ''}
              </Text>
            </div>
            <Text size="sm" component="div" ta="right">
              <Money value={receipt.amount} />
              <br />
              not applied yet <Money value={receipt.left} />
            </Text>
          </Group>
        ) : null}
        {receipt === null && claims.offered.length === 0 ? (
          <Text size="sm" c="dimmed">
            No receipt of this amount has come in around that day. The remittance waits for it.
          </Text>
        ) : null}
        {claims.offered.map((one) => (
          <Group key={one.paymentId} justify="space-between">
            <div>
              <TenantLink to={`payments/${one.paymentId}`}>{one.number}</TenantLink>
              <Text size="sm" c="dimmed">
                {one.payerName ? `${one.payerName} · ` : ''}
                {dayWords(one.receivedOn)}
              </Text>
            </div>
            <MayButton
              may={claims.may.join}
              operation={joinRemittance}
              size="xs"
              loading={join.isPending}
              aria-label={`Join to ${one.number}`}
              onClick={() => join.mutate({ params, body: { paymentId: one.paymentId } })}
            >
              Join
            </MayButton>
          </Group>
        ))}
      </Stack>
    </Panel>
  );
}
