// One charge or credit: what it asks, how each cent was reckoned, what was waived, and the paper itself.

import { Alert, Anchor, Button, Grid, Group, SimpleGrid, Skeleton, Stack, Table, Text } from '@mantine/core';
import { IconArrowBackUp, IconDownload, IconGift, IconTable } from '@tabler/icons-react';
import { useState } from 'react';
import { exportSheet, printCharge, readCharge, undoWaiver, waiveCharge } from '#charges/contract.ts';
import { usePathPart } from '../../lib/address.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { saveFile, useFileUrl } from '../../lib/file.ts';
import { dayWords } from '../../lib/format.ts';
import { useMay } from '../../lib/may.ts';
import { useTenant } from '../../lib/tenant.ts';
import { Figure } from '../../ui/Figure.tsx';
import { MayButton } from '../../ui/MayButton.tsx';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown, Trouble } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { TenantLink } from '../../ui/TenantLink.tsx';
import { InvoiceDelivery } from '../delivery/InvoiceDelivery.tsx';
import { WriteOffButton } from '../writeoffs/WriteOffDialog.tsx';
import { KindBadge } from './ChargeList.tsx';
import { PartsTable } from './PartsTable.tsx';
import { ReinstateDialog, WaiveDialog } from './WaiveDialog.tsx';

type Charge = Reply<typeof readCharge>;

export default function ChargePage() {
  const chargeId = usePathPart('chargeId');
  const read = useRead(readCharge, { params: { chargeId } });
  return <Shown read={read}>{(charge) => <ChargeShown charge={charge} />}</Shown>;
}

function ChargeShown({ charge }: { readonly charge: Charge }) {
  const [dialog, setDialog] = useState<'waive' | 'reinstate' | null>(null);
  const mayReadMessages = useMay('message.read');
  const isCharge = charge.kind === 'charge';
  return (
    <Page
      title={`${isCharge ? 'Charge' : 'Credit'} ${charge.number}`}
      subtitle={
        <Group gap="xs">
          <TenantLink to={`customers/${charge.customer.id}`}>{charge.customer.name}</TenantLink>
          <KindBadge row={charge} />
          {charge.corrects ? (
            <span>
              of <TenantLink to={`charges/${charge.corrects.chargeId}`}>{charge.corrects.number}</TenantLink>
            </span>
          ) : null}
        </Group>
      }
      actions={
        isCharge ? (
          <>
            <WriteOffButton
              number={charge.number}
              items={[{ id: charge.itemId, open: charge.open, dueOn: charge.dueOn }]}
            />
            <MayButton
              may={charge.may.waive}
              operation={waiveCharge}
              variant="default"
              leftSection={<IconGift size={16} aria-hidden />}
              onClick={() => setDialog('waive')}
            >
              Waive
            </MayButton>
          </>
        ) : charge.because === 'waiver' ? (
          <MayButton
            may={charge.may.reinstate}
            operation={undoWaiver}
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => setDialog('reinstate')}
          >
            Reinstate
          </MayButton>
        ) : null
      }
    >
      {charge.undoneOn ? (
        <Alert color="gray">Taken back on {dayWords(charge.undoneOn)}: what it waived is owed again.</Alert>
      ) : null}
      {charge.reason ? <Text size="sm">{charge.reason}</Text> : null}
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure
          label={isCharge ? 'Total' : 'Given back'}
          note={
            <>
              interest <Money value={charge.interest} bare /> · fees <Money value={charge.fees} bare />
            </>
          }
        >
          <Money value={charge.total} />
        </Figure>
        <Figure
          label={isCharge ? 'Open' : 'Left'}
          note={
            /^[0.]*$/.test(charge.writtenOff.amount) ? undefined : (
              <>
                written off <Money value={charge.writtenOff} bare />
              </>
            )
          }
        >
          <Money value={charge.open} />
        </Figure>
        <Figure label="Charged" note={`interest through ${dayWords(charge.through)}`}>
          {dayWords(charge.chargedOn)}
        </Figure>
        <Figure label="Due">{dayWords(charge.dueOn)}</Figure>
      </SimpleGrid>
      <Grid>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <Stack>
            {charge.parts.length > 0 ? (
              <Panel title="How it was reckoned" actions={<SheetButton chargeId={charge.chargeId} />}>
                <PartsTable parts={charge.parts} />
              </Panel>
            ) : null}
            {charge.waivers.length > 0 ? <Waivers charge={charge} /> : null}
            {mayReadMessages ? (
              <Panel title="Delivery">
                <InvoiceDelivery
                  documentId={charge.chargeId}
                  voided={charge.undoneOn !== null}
                  kind="charge"
                />
              </Panel>
            ) : null}
          </Stack>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 6 }}>
          <PaperPanel charge={charge} />
        </Grid.Col>
      </Grid>
      <WaiveDialog charge={charge} opened={dialog === 'waive'} onClose={() => setDialog(null)} />
      <ReinstateDialog charge={charge} opened={dialog === 'reinstate'} onClose={() => setDialog(null)} />
    </Page>
  );
}

function SheetButton({ chargeId }: { readonly chargeId: string }) {
  const tenant = useTenant();
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconTable size={15} aria-hidden />}
      onClick={() => void saveFile(exportSheet, { params: { chargeId } }, tenant)}
    >
      Save as CSV
    </Button>
  );
}

function Waivers({ charge }: { readonly charge: Charge }) {
  return (
    <Panel title="Waived">
      <Table>
        <Table.Tbody>
          {charge.waivers.map((waiver) => (
            <Table.Tr key={waiver.chargeId}>
              <Table.Td>
                <TenantLink to={`charges/${waiver.chargeId}`}>{waiver.number}</TenantLink>
                <Text size="xs" c="dimmed">
                  {dayWords(waiver.chargedOn)} · {waiver.reason}
                </Text>
              </Table.Td>
              <Table.Td>{waiver.undoneOn ? `taken back ${dayWords(waiver.undoneOn)}` : ''}</Table.Td>
              <Table.Td className="numeric">
                <Money value={waiver.total} />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Panel>
  );
}

function PaperPanel({ charge }: { readonly charge: Charge }) {
  const file = useFileUrl(printCharge, { params: { chargeId: charge.chargeId } });
  return (
    <Panel
      title="PDF"
      actions={
        file.url ? (
          <Anchor href={file.url} download={`${charge.number}.pdf`} size="sm">
            <Group gap={4}>
              <IconDownload size={15} aria-hidden /> Save
            </Group>
          </Anchor>
        ) : null
      }
    >
      {file.error ? <Trouble problem={file.error} /> : null}
      {file.url ? <Sheet url={file.url} title={`${charge.number} as PDF`} /> : null}
      {file.url || file.error ? null : <Skeleton h={760} />}
    </Panel>
  );
}
