import { InvalidArgumentError, Option, type Command } from 'commander'
import { replayProtocols, type ReplayRequest } from './replay-request.ts'

const examples = `
A sample has been read when the reader asks for the next one (Modbus), has acknowledged it (OPC UA), or the broker has (MQTT).
--stepped waits for that and asks no clock, so two replays give the same tickets; --speed plays by the clock.

Rows: a cell that is empty, NaN, null or n/a goes out without a value and with quality bad; anything else that is no number, and
any row that cannot be read, is named with its line before the first sample is played. Rows are played in the order of the file.

Examples:
  fettle replay machine.csv --over modbus --stepped
  fettle replay machine.csv --over opcua --speed 3600 --signal oil_temperature --device IM280-2203-0012
  fettle replay pump.csv --over mqtt --stepped --device P100-2305-0412 --password-file secret.txt
  fettle replay log.csv --over modbus --speed 60 --zone Asia/Shanghai --from "2014-01-27" --to "2014-02-10 06:00"

For Modbus and OPC UA it prints the source to put into the gateway's configuration file.`

/** Plays a recording of a machine as if the machine were there. */
export function addReplayCommand(program: Command): void {
  program
    .command('replay')
    .description('play a recording (CSV with a header) to a gateway or a broker, each sample with its own time')
    .argument('<file>', 'CSV: one column of times, one or more of numbers; comma, semicolon or tab')
    .addOption(new Option('--over <protocol>', 'what the readers speak').choices(replayProtocols).makeOptionMandatory())
    .addOption(new Option('--stepped', 'the next sample once this one has been read').conflicts('speed'))
    .addOption(
      new Option('--speed <factor>', 'by the clock, so many times as fast as recorded').argParser(positive).default(1),
    )
    .option(
      '--time-column <name>',
      'header of the times; default: one called timestamp, time, ts or date, else the first',
    )
    .option('--value-column <names...>', 'headers of the values; default: the only other column')
    .option('--signal <keys...>', 'what the values are called outside, in the same order; default: their headers')
    .option('--device <key>', 'the device that they belong to; default recording, for MQTT it must be given')
    .option('--zone <zone>', 'of times that name none: UTC, +08:00, Asia/Shanghai', 'UTC')
    .option('--from <time>', 'leave out what is before')
    .option('--to <time>', 'leave out what is not before')
    .option('--host <address>', 'where to listen (Modbus, OPC UA)', '127.0.0.1')
    .addOption(
      new Option(
        '--port <number>',
        'where to listen; 0 is any free one; default 5020 (Modbus), 4840 (OPC UA)',
      ).argParser(port),
    )
    .option('--mqtt-url <url>', 'broker to publish to', 'mqtt://127.0.0.1:1883')
    .option('--topic <topic>', 'to publish to; default fettle/v1/devices/{device}/telemetry')
    .option('--username <name>', 'of the broker (default: the device) or for whoever reads over OPC UA')
    .option('--password <text>', 'shown to others on this computer: rather use --password-file')
    .addOption(new Option('--password-file <file>', 'its first line is the password').conflicts('password'))
    .option('--json', 'at the end one JSON object on standard output, and nothing else there')
    .addHelpText('after', examples)
    .action(async (file: string, options: Omit<ReplayRequest, 'file'>) =>
      (await import('./replay-actions.ts')).replay({ file, ...options }),
    )
}

function positive(text: string): number {
  const number = Number(text)
  if (!(number > 0 && number < Infinity)) throw new InvalidArgumentError('It must be a number above 0.')
  return number
}

function port(text: string): number {
  const number = Number(text)
  if (!Number.isInteger(number) || number < 0 || number > 65_535) {
    throw new InvalidArgumentError('It must be a whole number from 0 to 65535.')
  }
  return number
}
