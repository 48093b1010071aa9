"""A person at Debian's Jupyter Notebook, played by Chromium's remote control: run all, watch the live chart, interrupt, go on, save, reopen.

browser.py NOTEBOOK PICTURES prints one line of JSON with what was seen. The browser can reach nothing but this machine.
"""
import asyncio
import base64
import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

from tornado.websocket import websocket_connect

NOTEBOOK, PICTURES = os.path.abspath(sys.argv[1]), sys.argv[2]
PATIENCE = 1500
# Points of the longest curve in the cell that runs; 0 while it shows no chart.
POINTS = """Math.max(0, ...IPython.notebook.get_cells().filter(cell => cell.input_prompt_number === '*').slice(0, 1)
    .flatMap(cell => [...cell.element[0].querySelectorAll('.js-plotly-plot')])
    .flatMap(chart => (chart.data || []).map(curve => (curve.x || curve.y || []).length)))"""
STATE = """JSON.stringify((cells => ({
    waiting: cells.filter(cell => cell.input_prompt_number === '*').length,
    errors: document.querySelectorAll('.output_error').length,
    first: cells.findIndex(cell => cell.input_prompt_number === '*')}))(
    IPython.notebook.get_cells().filter(cell => cell.cell_type === 'code')))"""
DRAWN = "[...document.querySelectorAll('.js-plotly-plot')].filter(chart => chart.querySelector('.main-svg')).length"


class Page:
    def __init__(self, remote):
        self.remote, self.asked = remote, 0

    async def call(self, method, **parameters):
        self.asked += 1
        await self.remote.write_message(json.dumps({"id": self.asked, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await self.remote.read_message())
            if answer.get("id") == self.asked:
                return answer.get("result", answer)

    async def js(self, code):
        answer = await self.call("Runtime.evaluate", expression=code, returnByValue=True, awaitPromise=True)
        return answer.get("result", {}).get("value")

    async def state(self):
        return json.loads(await self.js(STATE))

    async def picture(self, name):
        answer = await self.call("Page.captureScreenshot", format="png")
        with open(os.path.join(PICTURES, name + ".png"), "wb") as file:
            file.write(base64.b64decode(answer["data"]))

    async def until(self, what, condition, patience=PATIENCE, pause=0.25):
        ends = time.monotonic() + patience
        while not (found := await condition()):
            if time.monotonic() > ends:
                await self.picture("stuck")
                sys.exit(f"waited {patience} s in vain: {what}")
            await asyncio.sleep(pause)
        return found

    async def open(self, url):
        await self.call("Page.navigate", url=url)

        async def ready():
            return await self.js(
                "typeof IPython !== 'undefined' && !!IPython.notebook && IPython.notebook._fully_loaded && !!IPython.notebook.kernel"
                " && IPython.notebook.kernel.is_connected()")

        await self.until("the notebook opens and its kernel answers", ready, 180)


async def tabs(port):
    for _ in range(240):
        try:
            return json.load(urllib.request.urlopen(f"http://127.0.0.1:{port}/json"))
        except OSError:
            await asyncio.sleep(0.25)
    sys.exit("Chromium does not answer")


async def play(page, address):
    seen = {}
    await page.open(address)
    await page.picture("1-opened")
    await page.js("IPython.notebook.clear_all_output(); IPython.notebook.execute_all_cells(); 1")

    counts = set()

    async def moves():
        points = await page.js(POINTS)
        if points is not None and points > 0:
            counts.add(points)
        return len(counts) >= 3

    started = time.monotonic()
    await page.until("the live chart grows three times", moves)
    seen["chart_grew"] = sorted(counts)
    seen["seconds_to_third_point"] = round(time.monotonic() - started, 1)
    await page.js("[...document.querySelectorAll('.output .js-plotly-plot')].pop().scrollIntoView({block: 'center'})")
    await page.picture("2-training")

    stopped = time.monotonic()
    await page.js("IPython.notebook.kernel.interrupt(); 1")

    async def idle():
        return (await page.state())["waiting"] == 0

    await page.until("the interrupted training stops, and the cells after it", idle, 60, 0.05)
    seen["seconds_to_interrupt"] = round(time.monotonic() - stopped, 2)
    seen["interrupted"] = await page.js("[...document.querySelectorAll('.output_error')].map(one => one.innerText).join('\\n').slice(0, 200)")
    await page.picture("3-interrupted")

    # The first cell that has shown an error, and everything below it: the variables above are still there.
    await page.js("""(() => {
        const book = IPython.notebook, cells = book.get_cells();
        const at = cells.findIndex(cell => cell.element[0].querySelector('.output_error'));
        book.select(at); book.execute_cells_below(); return at; })()""")
    await asyncio.sleep(1)
    await page.until("the rest runs", idle)
    state = await page.state()
    seen.update(errors=state["errors"], charts=await page.js(DRAWN))
    seen["seconds"] = round(time.monotonic() - started, 1)
    await page.js("document.querySelector('.js-plotly-plot').scrollIntoView({block: 'center'})")
    await asyncio.sleep(1)
    await page.picture("4-ran")

    await page.js("IPython.notebook.save_notebook().then(() => 1)")
    with open(NOTEBOOK) as file:
        saved = json.load(file)
    seen["saved_charts"] = sum(
        isinstance(output.get("data", {}).get("application/vnd.plotly.v1+json"), dict)
        for cell in saved["cells"] for output in cell.get("outputs", []))
    seen["saved_bytes"] = os.path.getsize(NOTEBOOK)
    await page.js("new Promise(done => IPython.notebook.session.delete(done, done)).then(() => 1)")
    await page.call("Page.navigate", url="about:blank")
    await page.open(address)

    async def drawn():
        return await page.js(DRAWN) >= seen["charts"]

    await page.until("the saved charts are drawn again, without anything having run", drawn, 60)
    seen["charts_reopened"] = await page.js(DRAWN)
    await page.js("document.querySelector('.js-plotly-plot').scrollIntoView({block: 'center'})")
    await asyncio.sleep(1)
    await page.picture("5-reopened")
    print(json.dumps(seen), flush=True)


async def main():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "notebook", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--NotebookApp.token=",
         "--NotebookApp.password=", "--notebook-dir=" + os.path.dirname(NOTEBOOK)],
        stderr=subprocess.PIPE, text=True)
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        chromium = None
        try:
            if not any(re.search(r"http://127\.0\.0\.1:\d+/", line) for line in server.stderr):
                sys.exit("Jupyter Notebook ended before it listened")
            asyncio.get_running_loop().run_in_executor(None, server.stderr.read)
            chromium = subprocess.Popen(
                ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0", "--user-data-dir=" + profile,
                 "--window-size=1200,1500", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1", "about:blank"],
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            devtools = os.path.join(profile, "DevToolsActivePort")
            for _ in range(240):
                if os.path.exists(devtools) and (text := open(devtools).read()).count("\n"):
                    break
                await asyncio.sleep(0.25)
            else:
                sys.exit("Chromium does not start")
            first = next(tab for tab in await tabs(text.split("\n")[0]) if tab["type"] == "page")
            page = Page(await websocket_connect(first["webSocketDebuggerUrl"], max_message_size=1 << 28))
            await page.call("Page.enable")
            await play(page, f"http://127.0.0.1:{port}/notebooks/{os.path.basename(NOTEBOOK)}")
        finally:
            for process in (chromium, server):
                if process:
                    process.terminate()
                    process.wait()


asyncio.run(main())
os._exit(0)
