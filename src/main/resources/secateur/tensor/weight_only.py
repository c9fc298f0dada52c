# Products with 4-bit codes on the CPU, as PyTorch lays them out there.

# codes uint8 (out, in), out a multiple of b: in each b rows, byte j of input k has row j low and row j + b / 2 high; (out, in / 2)
def pack(self: __torch__.Ops,
  codes: Tensor,
  block: Tensor) -> Tensor:
  b = int(block)
  v = torch.view(codes, [torch.floordiv(torch.size(codes, 0), b), 2, torch.floordiv(b, 2), torch.size(codes, 1)])
  both = torch.bitwise_or(torch.select(v, 1, 0), torch.bitwise_left_shift(torch.select(v, 1, 1), 4))
  turned = torch.contiguous(torch.permute(both, [0, 2, 1]))
  return torch.view(turned, [torch.size(codes, 0), torch.floordiv(torch.size(codes, 1), 2)])

# the inverse
def unpack(self: __torch__.Ops,
  packed: Tensor,
  block: Tensor) -> Tensor:
  b = int(block)
  rows = torch.size(packed, 0)
  columns = torch.mul(torch.size(packed, 1), 2)
  v = torch.view(packed, [torch.floordiv(rows, b), columns, torch.floordiv(b, 2)])
  both = torch.stack([torch.bitwise_and(v, 15), torch.bitwise_right_shift(v, 4)], 1)
  return torch.view(torch.contiguous(torch.permute(both, [0, 1, 3, 2])), [rows, columns])

# what the operator itself makes of codes uint8 (out, in)
def operator_pack(self: __torch__.Ops,
  codes: Tensor) -> Tensor:
  return torch._convert_weight_to_int4pack_for_cpu(torch.to(codes, 3), 1)

# w = (code - 8) s + o for scale and zero (out, G), each group cut into n: s and o bfloat16, as bytes uint8 (G n, out, 4)
def scales(self: __torch__.Ops,
  scale: Tensor,
  zero: Tensor,
  n: Tensor) -> Tensor:
  s = torch.to(scale, 6)
  o = torch.mul(torch.rsub(torch.to(zero, 6), 8), s)
  both = torch.repeat_interleave(torch.stack([torch.t(s), torch.t(o)], 2), int(n), 0)
  return torch.view_copy(torch.to(both, 15), dtype=0)

# x W' (N, out) for x float32 (N, in), rounded to bfloat16; groups of size inputs
def product(self: __torch__.Ops,
  x: Tensor,
  packed: Tensor,
  size: Tensor,
  scales: Tensor) -> Tensor:
  s = torch.view_copy(scales, dtype=15)
  return torch.to(torch._weight_int4pack_mm_for_cpu(torch.to(x, 15), packed, int(size), s), 6)
