"""What other programs make of directories that Secateur wrote: python3 export_layouts.py target/layouts

LayoutsForPython (src/test/java/secateur/export) writes them. Dense directories are loaded by transformers, adapters by peft, and
their logits are compared; packed layers are unpacked here, from the layouts' documentation, and their weights are compared. Exits
with 1 where logits differ by more than 1e-4 or a packed weight at all.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import torch
from peft import PeftModel
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import logging

LOGITS = 1e-4
failures = 0


def report(kind, name, difference, allowed, more=""):
    global failures
    failures += not difference <= allowed
    print(f"{kind:8}{name:56}{difference:.1e} {more}", flush=True)


def tensors(directory):
    return {name: tensor for file in directory.glob("*.safetensors") for name, tensor in load_file(file).items()}


def load(directory):
    model, info = AutoModelForCausalLM.from_pretrained(directory, dtype=torch.float32, output_loading_info=True)
    wrong = {key: sorted(info[key]) for key in ("missing_keys", "unexpected_keys", "mismatched_keys") if info[key]}
    return model.eval(), wrong


def difference(model, directory):
    ids = torch.tensor(json.loads((directory / "ids.json").read_text()))
    with torch.no_grad():
        logits = model(ids).logits.float()
    ours = torch.from_numpy(np.fromfile(directory / "logits.bin", dtype="<f4")).reshape(logits.shape)
    return (logits - ours).abs().max().item()


def dense(directory):
    model, wrong = load(directory)
    report("dense", directory.name, difference(model, directory) if not wrong else math.nan, LOGITS, wrong or type(model).__name__)
    text = directory / "text.txt"
    if text.exists():
        tokenizer = AutoTokenizer.from_pretrained(directory)
        ids = json.loads((directory / "ids.json").read_text())[0]
        same = tokenizer.decode(ids) == text.read_text() and tokenizer(text.read_text(), add_special_tokens=False)["input_ids"] == ids
        report("tokens", directory.name, 0 if same else math.nan, 0)


def adapter(directory):
    base, _ = load(directory / "base")
    without = difference(base, directory)
    model = PeftModel.from_pretrained(base, directory / "adapter").eval()
    report("adapter", directory.name, difference(model, directory), LOGITS, f"without it {without:.1f}")


def stream(words, bits, count):
    """Codes (count, M) of a stream of bits, lowest first, in int32 words (K, M)."""
    words = words.numpy().astype(np.uint32)
    ones = ((words[:, None, :] >> np.arange(32, dtype=np.uint32)[None, :, None]) & 1).reshape(32 * len(words), -1)
    codes = ones[: count * bits].reshape(count, bits, -1).astype(np.int64) << np.arange(bits)[None, :, None]
    return torch.from_numpy(codes.sum(1))


def gptq(layer, config):
    bits, group = config["bits"], layer["g_idx"].long()
    scale = layer["scales"].float()  # (G, out)
    zero = stream(layer["qzeros"].T.contiguous(), bits, scale.shape[1]).T
    if config.get("checkpoint_format", "gptq") == "gptq":
        zero = zero + 1
    return ((stream(layer["qweight"], bits, len(group)) - zero[group]) * scale[group]).T


def awq(layer, config):
    def nibbles(words):
        words = words.numpy().astype(np.uint32)
        codes = np.zeros((*words.shape, 8), np.int64)
        for place, column in enumerate((0, 2, 4, 6, 1, 3, 5, 7)):
            codes[:, :, column] = words >> 4 * place & 15
        return torch.from_numpy(codes.reshape(len(words), -1))

    code, zero, scale = nibbles(layer["qweight"]), nibbles(layer["qzeros"]), layer["scales"].float()
    group = torch.arange(len(code)) // (len(code) // len(scale))
    return ((code - zero[group]) * scale[group]).T


def pack_quantized(layer, config):
    bits = next(iter(config["config_groups"].values()))["weights"]["num_bits"]
    rows, columns = layer["weight_shape"].tolist()

    def codes(words, count):
        words = words.numpy().astype(np.uint32)
        parts = words[:, :, None] >> bits * np.arange(32 // bits, dtype=np.uint32) & (1 << bits) - 1
        return torch.from_numpy(parts.astype(np.int64).reshape(len(words), -1)[:, :count]) - (1 << bits - 1)

    scale = layer["weight_scale"].float()  # (out, G)
    zero = torch.zeros(scale.shape, dtype=torch.long)
    if "weight_zero_point" in layer:
        zero = codes(layer["weight_zero_point"].T.contiguous(), rows).T
    group = layer["weight_g_idx"].long() if "weight_g_idx" in layer else torch.arange(columns) // (columns // scale.shape[1])
    return (codes(layer["weight_packed"], columns) - zero[:, group]) * scale[:, group]


def bitsandbytes(layer, config):
    state = next(json.loads(bytes(value.tolist())) for name, value in layer.items() if name.startswith("weight.quant_state."))
    pairs, scale = layer["weight"].flatten(), layer["weight.absmax"]
    if scale.dtype == torch.uint8:
        block = torch.arange(len(scale)) // state["nested_blocksize"]
        scale = layer["weight.nested_quant_map"].float()[scale.long()] * layer["weight.nested_absmax"].float()[block] + state["nested_offset"]
    count = math.prod(state["shape"])
    code = torch.stack([pairs >> 4, pairs & 15], 1).flatten().long()[:count]
    weight = layer["weight.quant_map"].float()[code] * scale.float()[torch.arange(count) // state["blocksize"]]
    return weight.reshape(state["shape"])


LAYOUTS = {
    "gptq": (gptq, ".qweight"),
    "awq": (awq, ".qweight"),
    "compressed-tensors": (pack_quantized, ".weight_packed"),
    "bitsandbytes": (bitsandbytes, ".weight.absmax"),
}


def packed(directory):
    config = json.loads((directory / "packed/config.json").read_text())["quantization_config"]
    unpack, mark = LAYOUTS[config["quant_method"]]
    stored, wanted = tensors(directory / "packed"), tensors(directory / "dense")
    modules = [name[: -len(mark)] for name in stored if name.endswith(mark)]
    worst = 0.0 if modules else math.nan
    for module in modules:
        layer = {name[len(module) + 1 :]: tensor for name, tensor in stored.items() if name.startswith(module + ".")}
        worst = max(worst, (unpack(layer, config) - wanted[module + ".weight"].float()).abs().max().item())
    missing = [name for name in wanted if name not in stored and name.rsplit(".", 1)[0] not in modules]
    report("packed", directory.name, worst if not missing else math.nan, 0, missing or f"{len(modules)} layers")


if __name__ == "__main__":
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    for kind in (dense, adapter, packed):
        folder = {dense: "dense", adapter: "peft", packed: "packed"}[kind]
        for directory in sorted((Path(sys.argv[1]) / folder).iterdir()):
            try:
                kind(directory)
            except Exception as error:
                report(folder, directory.name, math.nan, 0, repr(error)[:300])
    print("all as expected" if not failures else f"{failures} are not as expected")
    sys.exit(bool(failures))
