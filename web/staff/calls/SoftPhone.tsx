// What a click on a number opens: the device's own telephone, or the telephone system in use.

import { Code, Select, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { dialLink, readSoftPhone, setSoftPhone } from '#calls/contract.ts';
import { useCommand, useRead } from '../../lib/data.ts';
import { SaveRow } from '../../ui/FormTools.tsx';
import { Panel, Shown, Trouble } from '../../ui/Page.tsx';

/** Telephones that are met often, by what they open; any other is typed. */
const KNOWN: readonly { readonly value: string; readonly label: string }[] = [
  { value: 'tel:{number}', label: 'This device’s own telephone' },
  { value: 'callto:{number}', label: 'A soft phone that answers callto:' },
  { value: 'sip:{number}', label: 'A soft phone that answers sip:' },
  { value: 'msteams:/l/call/0/0?users=4:{number}', label: 'Microsoft Teams' },
  { value: 'zoomphonecall://{number}', label: 'Zoom Phone' },
];
const OWN = 'own';

/** A number of a country that everybody recognises as made up. */
const EXAMPLE = '+44 20 7946 0000';

export function SoftPhone() {
  const read = useRead(readSoftPhone);
  return (
    <Panel title="Calling from the page">
      <Shown read={read}>
        {({ template, may }) => <Template template={template} mayNot={may.set !== true} />}
      </Shown>
    </Panel>
  );
}

function Template({ template, mayNot }: { readonly template: string; readonly mayNot: boolean }) {
  const save = useCommand(setSoftPhone);
  const [typed, setTyped] = useState(template);
  const [isOwn, setOwn] = useState(KNOWN.every((one) => one.value !== template));
  const link = typed.includes('{number}') ? dialLink(typed, EXAMPLE) : undefined;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ body: { template: typed } });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" maw={560}>
        <Text size="sm" c="dimmed">
          A click on a number of a customer opens this, for everybody here.
        </Text>
        {save.error ? <Trouble problem={save.error} /> : null}
        <Select
          label="Telephone"
          allowDeselect={false}
          disabled={mayNot}
          data={[...KNOWN, { value: OWN, label: 'Another: an address of my own' }]}
          value={isOwn ? OWN : typed}
          onChange={(value) => {
            setOwn(value === OWN);
            if (value && value !== OWN) setTyped(value);
          }}
        />
        {isOwn ? (
          <TextInput
            label="Address"
            description="With {number} where the number goes, such as https://phone.example/call?to={number}."
            required
            maxLength={300}
            disabled={mayNot}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        ) : null}
        {link === undefined ? null : (
          <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
            {EXAMPLE} opens <Code>{link}</Code>
          </Text>
        )}
        {mayNot ? null : <SaveRow saved={save.isSuccess && typed === template} saving={save.isPending} />}
      </Stack>
    </form>
  );
}
