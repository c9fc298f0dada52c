# Products with 4-bit codes on CUDA, as PyTorch lays them out there: int32 (out / 8, in / (16 t), 32, t / 2) for tiles of 16 t inputs.

# codes uint8 (out, in): lane 4 row + b of a tile holds, for each 32 inputs, those at 8 a + 2 b + c, its digit 4 c + a
def pack(self: __torch__.Ops,
  codes: Tensor,
  tile: Tensor) -> Tensor:
  t = int(tile)
  w = torch.floordiv(t, 2)
  n = torch.floordiv(torch.size(codes, 0), 8)
  k = torch.floordiv(torch.size(codes, 1), torch.mul(16, t))
  v = torch.view(codes, [n, 8, k, w, 2, 2, 4, 2])
  digits = torch.permute(v, [0, 2, 1, 6, 3, 7, 4, 5])
  bytes = torch.bitwise_or(torch.select(digits, 7, 0), torch.bitwise_left_shift(torch.select(digits, 7, 1), 4))
  fours = torch.view(torch.contiguous(bytes), [n, k, 32, w, 4])
  return torch.squeeze(torch.view_copy(fours, dtype=3), 4)

# the inverse
def unpack(self: __torch__.Ops,
  packed: Tensor,
  tile: Tensor) -> Tensor:
  n = torch.size(packed, 0)
  k = torch.size(packed, 1)
  w = torch.size(packed, 3)
  v = torch.view(torch.view_copy(packed, dtype=0), [n, k, 8, 4, w, 2, 2])
  digits = torch.stack([torch.bitwise_and(v, 15), torch.bitwise_right_shift(v, 4)], 7)
  codes = torch.contiguous(torch.permute(digits, [0, 2, 1, 4, 6, 7, 3, 5]))
  return torch.view(codes, [torch.mul(n, 8), torch.mul(torch.mul(k, w), 32)])

# what the operator itself makes of codes uint8 (out, in), even inputs in the high digits
def operator_pack(self: __torch__.Ops,
  codes: Tensor,
  tile: Tensor) -> Tensor:
  even = torch.slice(codes, 1, 0, None, 2)
  odd = torch.slice(codes, 1, 1, None, 2)
  both = torch.contiguous(torch.bitwise_or(torch.bitwise_left_shift(even, 4), odd))
  return torch._convert_weight_to_int4pack(both, int(tile))

# x W' (N, out) for x (N, in), rounded to bfloat16; groups of size inputs; scales (in / size, out, 2), or (in / size, 2, out, 2) where W is
# the sum of the two matrices that lie one below the other
def product(self: __torch__.Ops,
  x: Tensor,
  packed: Tensor,
  scales: Tensor,
  size: Tensor) -> Tensor:
  y = torch._weight_int4pack_mm(torch.to(x, 15), packed, int(size), torch.flatten(scales, 1, -2))
  if torch.eq(torch.dim(scales), 4):
    z = torch.sum(torch.view(y, [torch.size(y, 0), 2, -1]), [1], False, dtype=6)
  else:
    z = y
  return torch.to(z, x)
