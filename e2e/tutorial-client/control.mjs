// The control of the protocol tests: a server of the `ws` package that answers as the gateway does. What a test
// expects of the gateway it expects of this one too, so that a mistake in the test shows.
import { WebSocketServer } from 'ws';

const MAX_PAYLOAD = 64 * 1024;

const server = new WebSocketServer({ host: '127.0.0.1', port: 0, maxPayload: MAX_PAYLOAD, perMessageDeflate: false });
server.on('listening', () => console.log(server.address().port));
server.on('connection', (socket) => {
  socket.on('error', () => {});
  socket.on('message', (data, isBinary) => {
    socket.send(isBinary ? '{"code":40004}' : answer(data.toString()));
  });
});

function answer(text) {
  try {
    return JSON.parse(text).action === 'ping' ? '{"event":"pong"}' : '{"code":40005}';
  } catch {
    return '{"code":40001}';
  }
}
