// Typing a remittance in, with the file that could not be read beside it.

import { Button, Grid, Group, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useEffect, useState } from 'react';
import { receiveRemittance } from '#remittances/contract.ts';
import { useGo } from '../../lib/address.ts';
import { useCommand } from '../../lib/data.ts';
import { useCompanies } from '../../ui/CompanySelect.tsx';
import { DayField } from '../../ui/DayField.tsx';
import { Panel, Trouble } from '../../ui/Page.tsx';
import { Sheet } from '../../ui/Sheet.tsx';
import { emptyLine, LinesFields, linesBody, typedAmount } from './LinesFields.tsx';

type TypeInPanelProps = { readonly companyId: string; readonly file: File | null; onClose(): void };

export function TypeInPanel({ companyId, file, onClose }: TypeInPanelProps) {
  const go = useGo();
  const receive = useCommand(receiveRemittance);
  const company = useCompanies()?.find((one) => one.id === companyId);
  const [currency, setCurrency] = useState<string | null>(null);
  const [payerName, setPayerName] = useState('');
  const [reference, setReference] = useState('');
  const [paidOn, setPaidOn] = useState('');
  const [lines, setLines] = useState([emptyLine(1)]);
  const [total, setTotal] = useState('');
  const url = useBlobUrl(file);
  const unit = (currency ?? company?.functionalCurrency ?? '').trim().toUpperCase();
  const send = (event: FormEvent): void => {
    event.preventDefault();
    receive.mutate(
      {
        body: {
          companyId,
          currency: unit,
          ...(payerName.trim() ? { payerName } : {}),
          ...(reference.trim() ? { paymentReference: reference } : {}),
          ...(paidOn ? { paidOn } : {}),
          ...(total.trim() ? { total: typedAmount(total, unit) } : {}),
          lines: linesBody(lines, unit),
        },
      },
      { onSuccess: (done) => go(`remittances/${done.remittanceId}`) },
    );
  };
  return (
    <Panel title={file ? `Type it in: ${file.name}` : 'Type it in'}>
      <Grid>
        <Grid.Col span={{ base: 12, lg: url ? 7 : 12 }} order={{ base: 2, lg: 1 }}>
          <form onSubmit={send}>
            <Stack>
              {receive.error ? <Trouble problem={receive.error} /> : null}
              <Group align="flex-end">
                <TextInput
                  label="Payer"
                  data-autofocus
                  autoFocus
                  value={payerName}
                  onChange={(event) => setPayerName(event.currentTarget.value)}
                  style={{ flex: '1 1 180px' }}
                />
                <TextInput
                  label="Payment reference"
                  value={reference}
                  onChange={(event) => setReference(event.currentTarget.value)}
                  style={{ flex: '1 1 160px' }}
                />
                <DayField label="Paid on" value={paidOn} onChange={setPaidOn} />
                <TextInput
                  label="Currency"
                  w={90}
                  maxLength={3}
                  required
                  value={currency ?? company?.functionalCurrency ?? ''}
                  onChange={(event) => setCurrency(event.currentTarget.value)}
                />
              </Group>
              <LinesFields
                lines={lines}
                onChange={(now) => setLines([...now])}
                total={total}
                onTotal={setTotal}
              />
              <Group justify="flex-end">
                <Button variant="default" onClick={onClose}>
                  Cancel
                </Button>
                <Button type="submit" loading={receive.isPending}>
                  Keep this remittance
                </Button>
              </Group>
            </Stack>
          </form>
        </Grid.Col>
        {url && file ? (
          <Grid.Col span={{ base: 12, lg: 5 }} order={{ base: 1, lg: 2 }}>
            <Sheet url={url} title={file.name} />
          </Grid.Col>
        ) : null}
      </Grid>
    </Panel>
  );
}

/** An address for a file of this browser, for as long as it is shown. */
function useBlobUrl(file: File | null): string | null {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (file === null) return setUrl(null);
    const made = URL.createObjectURL(file);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return url;
}
