// The proof of the books: everything recomputed from the journal and the applications, rule by rule.

import { Alert, Badge, Button, Code, Group, Stack, Table, Text, ThemeIcon } from '@mantine/core';
import { IconAlertTriangle, IconCheck, IconShieldCheck, IconX } from '@tabler/icons-react';
import { verifyBooks } from '#reporting/contract.ts';
import type { Reply } from '../../lib/api.ts';
import { useRead } from '../../lib/data.ts';
import { countText, dayWords, momentWords } from '../../lib/format.ts';
import { heading } from '../../lib/words.ts';
import { Money } from '../../ui/Money.tsx';
import { Page, Panel, Shown } from '../../ui/Page.tsx';
import { Scroll } from '../../ui/Scroll.tsx';

type Proof = Reply<typeof verifyBooks>;

export default function VerifyPage() {
  const proof = useRead(verifyBooks);
  return (
    <Page
      title="Proof of the books"
      subtitle="Everything is computed again from the journal and the applications and compared with what is stored."
      actions={
        <Button
          leftSection={<IconShieldCheck size={16} />}
          loading={proof.isFetching}
          onClick={() => void proof.refetch()}
        >
          Prove again
        </Button>
      }
    >
      <Shown read={proof}>{(found) => <ProofShown proof={found} />}</Shown>
    </Page>
  );
}

function ProofShown({ proof }: { readonly proof: Proof }) {
  return (
    <Stack>
      {proof.holds ? (
        <Alert color="teal" icon={<IconCheck aria-hidden />} title="Every rule holds">
          {countText(proof.checks.reduce((sum, c) => sum + c.rows, 0))} rows checked in{' '}
          {proof.seconds.toFixed(1)} seconds, {momentWords(proof.at)}.
        </Alert>
      ) : (
        <Alert
          color="red"
          role="alert"
          icon={<IconAlertTriangle aria-hidden />}
          title="Something does not hold"
        >
          The rules marked below name the rows. Nothing was changed. Keep this page and restore or correct
          before you go on.
        </Alert>
      )}
      <Panel title="Rules">
        <Table>
          <Table.Tbody>
            {proof.checks.map((check) => (
              <Table.Tr key={check.rule}>
                <Table.Td w={40}>
                  <ThemeIcon
                    size={24}
                    radius="xl"
                    color={check.holds ? 'quittance' : 'red'}
                    role="img"
                    aria-label={check.holds ? 'holds' : 'does not hold'}
                  >
                    {check.holds ? <IconCheck size={14} /> : <IconX size={14} />}
                  </ThemeIcon>
                </Table.Td>
                <Table.Td>
                  <Text size="sm">{check.says}</Text>
                  {check.holds ? null : (
                    <Stack gap={4} mt={4}>
                      <Badge color="red">{countText(check.offenders)} offenders</Badge>
                      <Code block>{check.examples.map((example) => JSON.stringify(example)).join('\n')}</Code>
                    </Stack>
                  )}
                </Table.Td>
                <Table.Td className="numeric hide-narrow">
                  <Text size="xs" c="dimmed">
                    {countText(check.rows)} rows
                  </Text>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Panel>
      <Panel title="Three ways to the same figure">
        <Scroll minWidth={560} maxHeight={420}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>As of</Table.Th>
                <Table.Th>Company</Table.Th>
                <Table.Th className="numeric">Open items</Table.Th>
                <Table.Th className="numeric">Control accounts</Table.Th>
                <Table.Th className="numeric">Aging</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {proof.totals.map((total) => (
                <Table.Tr
                  key={`${total.asOf}${total.companyId}${total.currency}`}
                  className={total.holds ? '' : 'late'}
                >
                  <Table.Td>{dayWords(total.asOf)}</Table.Td>
                  <Table.Td>{total.companyCode}</Table.Td>
                  <Table.Td className="numeric">
                    <Money value={total.openItems} />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={total.controlAccounts} bare />
                  </Table.Td>
                  <Table.Td className="numeric">
                    <Money value={total.aging} bare />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Scroll>
      </Panel>
      <Panel title="Fingerprint">
        <Group justify="space-between">
          <Text size="sm" ff="monospace" style={{ wordBreak: 'break-all' }}>
            {proof.sha256}
          </Text>
          <Text size="xs" c="dimmed">
            {Object.entries(proof.counts)
              .map(([name, count]) => `${heading(name)} ${countText(count)}`)
              .join(' · ')}
          </Text>
        </Group>
      </Panel>
    </Stack>
  );
}
