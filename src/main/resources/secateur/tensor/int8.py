# Absmax int8, a scale for each row; products of int8 matrices in float32.

# x (N, C): codes of some bits, int8 (N, C), and scale float32 (N)
def rows(self: __torch__.Ops,
  x: Tensor,
  bits: Tensor) -> Tuple[Tensor, Tensor]:
  y = torch.to(x, 6)
  top = torch.sub(torch.__lshift__(1, torch.sub(int(bits), 1)), 1)
  s = torch.div(torch.clamp(torch.amax(torch.abs(y), [1], True), 1.0000000000000001e-30), top)
  q = torch.to(torch.clamp(torch.round(torch.div(y, s)), torch.neg(top), top), 1)
  return (q, torch.squeeze(s, 1))

# q (N, C), w (R, C) int8: q w' int32 (N, R); 1024 products of at most 127^2 are exact in float32
def sums(self: __torch__.Ops,
  q: Tensor,
  w: Tensor) -> Tensor:
  y = torch.zeros([torch.size(q, 0), torch.size(w, 0)], dtype=3, layout=None, device=q.device)
  C = torch.size(q, 1)
  for b in range(torch.floordiv(torch.add(C, 1023), 1024)):
    i = torch.mul(b, 1024)
    j = torch.add(i, 1024)
    part = torch.matmul(torch.to(torch.slice(q, 1, i, j), 6), torch.t(torch.to(torch.slice(w, 1, i, j), 6)))
    _0 = torch.add_(y, torch.to(part, 3))
  return y

# sums int32 (N, R), s (N), t (R): float32
def scaled(self: __torch__.Ops,
  sums: Tensor,
  s: Tensor,
  t: Tensor) -> Tensor:
  return torch.mul(torch.mul(torch.to(sums, 6), torch.unsqueeze(s, 1)), t)

# w int8 (R, C), t (R): float32 (R, C)
def dequantize(self: __torch__.Ops,
  w: Tensor,
  t: Tensor) -> Tensor:
  return torch.mul(torch.to(w, 6), torch.unsqueeze(t, 1))

# x (N, C): int64 numbers of the columns with any |x| >= threshold
def outliers(self: __torch__.Ops,
  x: Tensor,
  threshold: Tensor) -> Tensor:
  large = torch.ge(torch.amax(torch.abs(torch.to(x, 6)), [0]), float(threshold))
  return torch.squeeze(torch.nonzero(large), 1)

# x (N, C) with zeros in columns
def without(self: __torch__.Ops,
  x: Tensor,
  columns: Tensor) -> Tensor:
  return torch.index_fill(x, 1, columns, 0)

# x (N, C), w int8 (R, C), t (R): x W' over columns alone, in the type of x
def dense(self: __torch__.Ops,
  x: Tensor,
  w: Tensor,
  t: Tensor,
  columns: Tensor) -> Tensor:
  v = torch.mul(torch.to(torch.index_select(w, 1, columns), 6), torch.unsqueeze(t, 1))
  return torch.matmul(torch.index_select(x, 1, columns), torch.t(torch.to(v, x)))

# x (…, C): max |x| of each feature, float32 (C)
def peaks(self: __torch__.Ops,
  x: Tensor) -> Tensor:
  return torch.amax(torch.abs(torch.view(torch.to(x, 6), [-1, torch.size(x, -1)])), [0])
