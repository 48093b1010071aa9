"""What a kernel for C# does, point by point, over Debian's jupyter_client. Prints one JSON object a point: {"point", "ok", "found"}.

Usage: points.py KERNEL [POINT ...], in an empty folder. COVIDNOTEBOOKS_ROOT names the checkout, whose lib/bin the points about trainings use.
"""
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time

from jupyter_client.manager import KernelManager

KERNEL = sys.argv[1]
WANTED = sys.argv[2:]
PATIENCE = 120
POINTS = {}


def point(function):
    POINTS[function.__name__] = function
    return function


class Kernel:
    def __init__(self, **settings):
        started = time.time()
        self.manager = KernelManager(kernel_name=KERNEL)
        self.manager.start_kernel(**settings)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=PATIENCE)
        self.ready = time.time() - started

    def cpu(self):
        """Seconds of processor time of all its processes."""
        fields = [open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split() for pid in self.processes()]
        return sum(int(field[11]) + int(field[12]) for field in fields) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)

    def run(self, code, patience=PATIENCE, **settings):
        outputs = []
        reply = self.client.execute_interactive(code, timeout=patience, output_hook=outputs.append, **settings)
        return reply["content"], outputs

    def text(self, outputs):
        return "".join(o["content"]["text"] for o in outputs if o["msg_type"] == "stream")

    def ask(self, name, *arguments, **settings):
        identity = getattr(self.client, name)(*arguments, **settings)
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == identity:
                return reply["content"]

    def processes(self):
        found, left = [], [self.manager.provisioner.pid]
        while left:
            found.append(left.pop())
            children = subprocess.run(["pgrep", "-P", str(found[-1])], capture_output=True, text=True)
            left += [int(child) for child in children.stdout.split()]
        return found


@point
def start_and_speed():
    """Told, not judged: both depend on the machine. The processor's time does so less where others work on it, too."""
    with Kernel() as kernel:
        cpu = [0.0, kernel.cpu()]
        walls = [kernel.ready]
        for cells in (["1 + 1"], ["1 + 1"], [f"var v{i} = {i}; v{i}" for i in range(100)]):
            started = time.time()
            for cell in cells:
                kernel.run(cell)
            walls.append(time.time() - started)
            cpu.append(kernel.cpu())
        told = [f"{name} {wall:.2f} s (processor {after - before:.2f} s)" for name, wall, before, after in zip(("ready", "first cell", "warm cell", "100 cells"), walls, cpu, cpu[1:])]
        return True, ", ".join(told)


def interrupted(code):
    with Kernel() as kernel:
        kernel.run("var n = 41L;")
        asked = [0.0]

        def ask():
            time.sleep(2)
            asked[0] = time.time()
            kernel.manager.interrupt_kernel()

        threading.Thread(target=ask).start()
        try:
            reply, _ = kernel.run(code)
        except Exception as problem:
            return False, f"{type(problem).__name__} after the interrupt; alive: {kernel.manager.is_alive()}"
        took = time.time() - asked[0]
        alive, outputs = kernel.run("n > 40")
        return alive["status"] == "ok", f"{reply['status']} after {took:.1f} s, variables: {alive['status']}"


@point
def interrupt_of_a_sleeping_loop():
    return interrupted("while (true) { n++; System.Threading.Thread.Sleep(100); }")


@point
def interrupt_of_a_busy_loop():
    return interrupted("while (true) n++;")


@point
def run_all_stops_at_an_error():
    with Kernel() as kernel:
        identities = [kernel.client.execute(code, stop_on_error=True) for code in ("System.Threading.Thread.Sleep(1000);", "int.Parse(\"z\")", "var after = 1;")]
        states = {}
        while not states.keys() >= set(identities):
            # Late answers to the questions whether the kernel is ready come, too.
            reply = kernel.client.get_shell_msg(timeout=PATIENCE)
            states[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        found = [states[identity] for identity in identities]
        return found == ["ok", "error", "aborted"], ", ".join(found)


@point
def errors_name_the_line():
    with Kernel() as kernel:
        _, outputs = kernel.run("var a = 1;\n\nint.Parse(\"z\")")
        error = [o["content"] for o in outputs if o["msg_type"] == "error"]
        text = "\n".join(error[0]["traceback"]) if error else ""
        return "line 3" in text, text.replace("\n", " | ")[:160] or "no traceback"


@point
def inspect_history_and_comm_info_are_answered():
    with Kernel() as kernel:
        found = []
        for name, arguments, settings in (("inspect", ("Console.WriteLine", 10), {}), ("history", (), {"hist_access_type": "tail", "n": 3}), ("comm_info", (), {})):
            try:
                found.append(f"{name}: {kernel.ask(name, *arguments, **settings).get('status')}")
            except Exception:
                found.append(f"{name}: no reply")
        return all("ok" in line for line in found), ", ".join(found)


@point
def completion_is_filtered_and_inserts_names():
    with Kernel() as kernel:
        kernel.run("1")
        matches = kernel.ask("complete", "Console.Bee", 11)["matches"]
        return matches == ["Beep"], f"{len(matches)} matches: {', '.join(matches[:4])}"


@point
def an_unknown_magic_is_named():
    with Kernel() as kernel:
        reply, outputs = kernel.run("#!nosuch")
        text = kernel.text(outputs) + str(reply.get("evalue", "")) + "".join(str(o["content"].get("evalue", "")) for o in outputs)
        return "Unknown magic command '#!nosuch'" in text, text.strip()[:120]


@point
def two_started_together_both_run():
    kernels = []
    threads = [threading.Thread(target=lambda: kernels.append(Kernel())) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answers = []
    for kernel in kernels:
        try:
            answers.append(kernel.run("6 * 7")[0]["status"])
        except Exception as problem:
            answers.append(type(problem).__name__)
        kernel.__exit__()
    return answers == ["ok", "ok"], f"{len(kernels)} of 2 ready; cells: {', '.join(answers)}"


@point
def an_orphan_ends():
    code = "import sys,time\nfrom jupyter_client.manager import KernelManager\nm=KernelManager(kernel_name=sys.argv[1])\nm.start_kernel()\nc=m.client()\nc.start_channels()\nc.wait_for_ready(timeout=100)\nprint(m.provisioner.pid, flush=True)\ntime.sleep(1000)"
    parent = subprocess.Popen([sys.executable, "-c", code, KERNEL], stdout=subprocess.PIPE, text=True)
    pid = next(int(line) for line in parent.stdout if line.strip().isdigit())  # a kernel may write before it
    parent.kill()
    parent.wait()
    started = time.time()
    while time.time() - started < 30:
        state = open(f"/proc/{pid}/stat").read().rsplit(")", 1)[1].split()[0] if os.path.exists(f"/proc/{pid}") else "gone"
        if state in ("gone", "Z"):
            return True, f"ended after {time.time() - started:.1f} s"
        time.sleep(0.2)
    os.kill(pid, signal.SIGKILL)
    return False, "alive after 30 s"


@point
def first_output_holds_no_addresses():
    with Kernel() as kernel:
        _, outputs = kernel.run("1")
        text = json.dumps([o["content"] for o in outputs], default=str)
        addresses = re.findall(r"https?://[^\"\\ ]+", text)
        extra = [o for o in outputs if o["msg_type"] == "display_data"]
        size = sum(len(json.dumps(o["content"])) for o in extra)
        return not addresses and not extra, f"{len(addresses)} addresses, {size} characters besides the result"


@point
def listens_on_loopback_only():
    with Kernel() as kernel:
        kernel.run("1")
        inodes = set()
        for pid in kernel.processes():
            for fd in os.listdir(f"/proc/{pid}/fd"):
                try:
                    inodes.update(re.findall(r"socket:\[(\d+)\]", os.readlink(f"/proc/{pid}/fd/{fd}")))
                except OSError:
                    pass
        open_to_all = []
        for table in ("tcp", "tcp6"):
            for line in open(f"/proc/net/{table}").read().splitlines()[1:]:
                fields = line.split()
                if fields[3] == "0A" and fields[9] in inodes and not fields[1].startswith("0100007F") and not fields[1].startswith("0" * 24 + "01000000"):
                    open_to_all.append(int(fields[1].split(":")[1], 16))
        return not open_to_all, f"{len(open_to_all)} ports open beyond loopback"


@point
def twenty_thousand_lines_arrive():
    with Kernel() as kernel:
        _, outputs = kernel.run("for (int i = 0; i < 20000; i++) Console.WriteLine(i);")
        text = kernel.text(outputs).replace("\r\n", "\n")
        return text == "".join(f"{i}\n" for i in range(20000)), f"{text.count(chr(10))} lines in {len(outputs)} messages"


@point
def a_crash_leaves_a_message():
    with Kernel() as kernel:
        kernel.run("1")
        try:
            reply, outputs = kernel.run("System.Diagnostics.Process.GetCurrentProcess().Kill();")
            text = reply.get("evalue", "")
            return "died in cell 2" in text, text[:120]
        except Exception as problem:
            return False, f"no message ({type(problem).__name__})"


@point
def plotly_json_is_an_object():
    with Kernel() as kernel:
        _, outputs = kernel.run("\"{\\\"data\\\":[]}\".DisplayAs(\"application/vnd.plotly.v1+json\");")
        data = [o["content"]["data"] for o in outputs if "application/vnd.plotly.v1+json" in o["content"].get("data", {})]
        found = type(data[0]["application/vnd.plotly.v1+json"]).__name__ if data else "not sent"
        return found == "dict", found


@point
def a_display_is_updated_in_place():
    with Kernel() as kernel:
        _, outputs = kernel.run("using Microsoft.DotNet.Interactive;\nvar d = KernelInvocationContext.Current.Display(0, \"text/html\"); d.Update(1);")
        kinds = [o["msg_type"] for o in outputs if "display" in o["msg_type"]]
        return kinds == ["display_data", "update_display_data"], ", ".join(kinds)


@point
def input_is_asked_by_stdin():
    with Kernel() as kernel:
        def answer(message):
            kernel.client.input("Ada")

        try:
            reply, outputs = kernel.run("Console.Write(await Microsoft.DotNet.Interactive.Kernel.GetInputAsync(\"name?\"));", allow_stdin=True, stdin_hook=answer)
            return "Ada" in kernel.text(outputs), kernel.text(outputs)[:80] or str(reply.get("evalue"))[:80]
        except Exception as problem:
            return False, type(problem).__name__


LIBRARY = """
#r "%(bin)s/CovidNotebooks.dll"
#r "%(bin)s/TorchSharp.dll"
using CovidNotebooks.Audit;
using CovidNotebooks.Charts;
using CovidNotebooks.Data;
using CovidNotebooks.Models;
using CovidNotebooks.Protocols;
using CovidNotebooks.Runs;
using CovidNotebooks.Training;
using Microsoft.DotNet.Interactive;
var document = new Document5 { BatchSize = 4 };
var sets = Phantoms.Create("phantoms", new PhantomOptions { TrainPerClass = 8, TestPerClass = 2 });
var loader = new ImageLoader(sets["train"], document.TrainingLoader(3, 16));
ITrainingObserver Live(int epochs)
{
    var shown = KernelInvocationContext.Current.Display(LiveTrainingChart.Start(epochs), "text/html");
    return new LiveTrainingChart(epochs, next => shown.Update(next));
}
Experiment Begin(string name) => Experiment.Begin(new RunStore("runs"), name, "a test", DataAudit.Skipped("phantoms"));
void Train(Experiment run, int epochs, bool checkpoint = true) =>
    run.Fit(new PneumoniaCnn(seed: 1), loader, null, (document with { Epochs = epochs }).TrainerOptions(3), Live(epochs), checkpoint: checkpoint);
""" % {"bin": os.environ.get("COVIDNOTEBOOKS_ROOT", "") + "/lib/bin"}


def load_library(kernel):
    reply, _ = kernel.run(LIBRARY)
    assert reply["status"] == "ok", reply.get("evalue")


def after_an_epoch(act):
    """An output hook that calls act, on a thread of its own, once a training's first epoch is over."""
    done = threading.Event()

    def watch(message):
        if message["msg_type"] == "update_display_data" and re.search(r"epoch \d+/\d+ done", json.dumps(message["content"])) and not done.is_set():
            done.set()
            threading.Thread(target=act).start()

    return watch


@point
def a_training_stops_between_batches():
    with Kernel() as kernel:
        load_library(kernel)
        asked = [0.0]

        def ask():
            time.sleep(1)
            asked[0] = time.time()
            kernel.manager.interrupt_kernel()

        outputs = []
        watch = after_an_epoch(ask)
        reply = kernel.client.execute_interactive("var run = Begin(\"interrupted\");\nTrain(run, 5000);", timeout=PATIENCE, output_hook=lambda m: (outputs.append(m), watch(m)))["content"]
        took = time.time() - asked[0]
        alive, told = kernel.run("Console.Write($\"{run.Run.Status}, {sets.Parts.Count} parts\")")
        text = kernel.text(told)
        return reply["status"] == "error" and text == "Failed, 2 parts" and took < 10, f"{reply['ename']} after {took:.1f} s; run: {text}"


@point
def a_killed_training_is_told_and_goes_on():
    with Kernel() as kernel:
        load_library(kernel)
        worker = kernel.processes()[-1]

        def kill():
            time.sleep(1)
            os.kill(worker, signal.SIGKILL)

        watch = after_an_epoch(kill)
        reply = kernel.client.execute_interactive("var run = Begin(\"killed\");\nTrain(run, 5000);", timeout=PATIENCE, output_hook=watch)["content"]
        told = "\n".join(reply["traceback"])
        ended = time.time()
        while kernel.manager.is_alive() and time.time() - ended < 30:
            time.sleep(0.1)
        kernel.manager.restart_kernel(now=True)
        kernel.client.wait_for_ready(timeout=PATIENCE)
        load_library(kernel)
        epochs = []

        def hear(message):
            if message["msg_type"] == "update_display_data" and not epochs:
                epochs.extend(int(number) for number in re.findall(r"epoch (\d+)/", json.dumps(message["content"])))
                kernel.manager.interrupt_kernel()

        kernel.client.execute_interactive("Train(Begin(\"killed\"), 5000);", timeout=PATIENCE, output_hook=hear)
        _, outputs = kernel.run("Console.Write((new RunStore(\"runs\") { DeadAfter = TimeSpan.Zero }).List().First(run => run.Name == \"killed\").Status)")
        status = kernel.text(outputs)
        ok = "died in cell 2" in told and "The training's checkpoint is" in told and status == "Dead" and epochs[:1] > [1]
        return ok, f"{told.splitlines()[1][:80]}…; the killed run: {status}; the next goes on in epoch {epochs[:1]}"


@point
def a_live_chart_stays_small():
    with Kernel() as kernel:
        load_library(kernel)
        started = time.time()
        reply, outputs = kernel.run("var run = Begin(\"sixty\");\nTrain(run, 60, checkpoint: false);", patience=600)
        took = time.time() - started
        shown = [o for o in outputs if o["msg_type"] == "display_data"]
        updates = [o for o in outputs if o["msg_type"] == "update_display_data"]
        sizes = [len(json.dumps(o["content"])) for o in updates]
        in_place = {o["content"]["transient"]["display_id"] for o in shown + updates}
        ok = reply["status"] == "ok" and len(shown) == 1 and len(in_place) == 1 and len(updates) <= 4 * took + 2 and max(sizes) < 200_000
        return ok, f"{len(updates)} updates in {took:.1f} s, the largest {max(sizes)} bytes, together {sum(sizes)}"


for name, check in POINTS.items():
    if WANTED and name not in WANTED:
        continue
    try:
        ok, found = check()
    except Exception as problem:
        ok, found = False, f"{type(problem).__name__}: {problem}"[:160]
    print(json.dumps({"point": name.replace("_", " "), "ok": ok, "found": found}), flush=True)
sys.stdout.flush()
os._exit(0)
