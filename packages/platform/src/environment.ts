import { Type } from 'typebox'
import { optionalVariable, variable, type ConfigOf } from './config.ts'

const Port = Type.Integer({ minimum: 0, maximum: 65_535 })
const Text = Type.String({ minLength: 1 })

/** A URL with one of the given schemes. Checked by prefix: `mqtt://` or a list of NATS servers is no URL to every parser. */
function url(schemes: string, example: string) {
  return Type.String({ pattern: `^(${schemes})://\\S+$`, example })
}

/** Every environment variable that Fettle reads, declared once. Port 0 takes any free port. */
export const environment = {
  dataDir: variable('FETTLE_DATA', Text, '.fettle', 'Folder of everything that Fettle stores itself'),
  httpHost: variable('FETTLE_HTTP_HOST', Text, '127.0.0.1', 'Address that the API and the web listen on'),
  httpPort: variable('FETTLE_HTTP_PORT', Port, 8080, 'Port of the API and the web'),
  mqttHost: variable('FETTLE_MQTT_HOST', Text, '127.0.0.1', 'Address that the embedded MQTT broker listens on'),
  mqttPort: variable('FETTLE_MQTT_PORT', Port, 1883, 'Port of the embedded MQTT broker'),
  logLevel: variable(
    'FETTLE_LOG_LEVEL',
    Type.Enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']),
    'info',
    'The least severe level that is logged',
  ),
  databaseUrl: optionalVariable(
    'DATABASE_URL',
    url('postgres|postgresql', 'postgres://user:password@host:5432/fettle'),
    'PostgreSQL to use instead of the embedded one',
  ),
  influxUrl: optionalVariable(
    'INFLUX_URL',
    url('http|https', 'http://host:8086'),
    'InfluxDB for telemetry instead of PostgreSQL; for 1.x with user and password',
  ),
  influxToken: optionalVariable(
    'INFLUX_TOKEN',
    Text,
    'Token for InfluxDB 2.x and 3.x; a user of 1.x stands in INFLUX_URL',
  ),
  influxOrg: variable('INFLUX_ORG', Text, 'fettle', 'Organisation in InfluxDB'),
  influxBucket: variable('INFLUX_BUCKET', Text, 'fettle', 'Bucket in InfluxDB 2.x and 3.x, database in 1.x'),
  natsUrl: optionalVariable(
    'NATS_URL',
    url('nats|tls|ws|wss', 'nats://host:4222'),
    'NATS JetStream for the partitioned log instead of segment files',
  ),
  mqttUrl: optionalVariable(
    'MQTT_URL',
    url('mqtt|mqtts|ws|wss', 'mqtt://host:1883'),
    'MQTT broker to use instead of the embedded one',
  ),
  mqttAccounts: variable(
    'MQTT_ACCOUNTS',
    Type.Enum(['none', 'dynamic-security']),
    'none',
    'Who makes accounts on that broker: somebody else, or Fettle through mosquitto’s dynamic-security plugin',
  ),
  fettleUrl: variable(
    'FETTLE_URL',
    url('http|https', 'https://fettle.example.com'),
    'http://127.0.0.1:8080',
    'Where people reach the web; links from outside, such as Grafana’s, lead there',
  ),
  grafanaReaderPassword: optionalVariable(
    'FETTLE_GRAFANA_READER_PASSWORD',
    Text,
    'Password of the login that our own organisation of Grafana reads with; `fettle start` makes it where this is set',
  ),
  grafanaUrl: optionalVariable(
    'GRAFANA_URL',
    url('http|https', 'http://grafana:3000'),
    'Grafana, in which `fettle grafana org` makes organisations of customers and makers',
  ),
  grafanaAdminUser: variable('GRAFANA_ADMIN_USER', Text, 'admin', 'Administrator of that Grafana'),
  grafanaAdminPassword: optionalVariable('GRAFANA_ADMIN_PASSWORD', Text, 'Its password'),
}

/** The validated environment: `loadConfig(environment, process.env)`. */
export type Config = ConfigOf<typeof environment>
