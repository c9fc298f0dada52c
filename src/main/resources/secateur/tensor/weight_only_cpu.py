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
  codes: Tensor,
  block: Tensor) -> Tensor:
  return torch._convert_weight_to_int4pack_for_cpu(torch.to(codes, 3), 1)

# x W' (N, out) for x (N, in), rounded to bfloat16; groups of size inputs; scales (in / size, out, 2), or (in / size, 2, out, 2) where W is
# the sum of the two matrices that lie one below the other
def product(self: __torch__.Ops,
  x: Tensor,
  packed: Tensor,
  scales: Tensor,
  size: Tensor) -> Tensor:
  y = torch._weight_int4pack_mm_for_cpu(torch.to(x, 15), packed, int(size), torch.flatten(scales, 1, -2))
  if torch.eq(torch.dim(scales), 4):
    z = torch.sum(torch.view(y, [torch.size(y, 0), 2, -1]), [1], False, dtype=6)
  else:
    z = y
  return torch.to(z, x)
